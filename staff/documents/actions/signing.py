"""The personal signature under a version of a document (JD X.2, A4)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fregat.lib import clock, db
from fregat.lib.errors import Conflict, NotAllowed, NotFound
from staff.documents import permissions
from staff.documents.actions.asking import done
from staff.documents.labels import CONSTRAINT_SENTENCES
from staff.documents.models import DocumentVersion, Signature
from staff.documents.rules import Method
from staff.employees.actions import confirm_in_person
from staff.employees.models import Employee


@db.action
def sign(*, by: Employee, version_id: int, secret: str, now: datetime | None = None) -> Signature:
    """Sign that the version was read: `secret` is the password, or a code of the second factor, again.

    What is asked before the password is asked once more with the version locked: meanwhile the order may have
    been revoked. Raises NotFound, NotAllowed (it does not concern the person; too many tries), Conflict (signed
    already; not in force), Invalid (`secret`).
    """
    _check(by, _seen(by, version_id))
    method = confirm_in_person(by=by, secret=secret)
    version = DocumentVersion.objects.select_for_update(no_key=True).get(pk=version_id)
    _check(by, version)
    return _write(version, by, Method(method), now or clock.now())


@db.action
def sign_in_demonstration(*, employee: Employee, version_id: int, now: datetime) -> Signature:
    """The signature of an invented person under a demonstration document; nobody else's is written so.

    Raises NotAllowed unless it is a demonstration account.
    """
    if not employee.is_demo:
        raise NotAllowed()
    version = DocumentVersion.objects.select_for_update(no_key=True).get(pk=version_id)
    return _write(version, employee, Method.PASSWORD, now)


def _seen(by: Employee, version_id: int) -> DocumentVersion:
    version = DocumentVersion.objects.visible_to(by).filter(pk=version_id).first()
    if version is None:
        raise NotFound()
    return version


def _check(by: Employee, version: DocumentVersion) -> None:
    permissions.check_sign(by, version)
    if version.signatures.filter(employee=by).exists():
        raise Conflict(CONSTRAINT_SENTENCES["signed_once"], code="signed_once")
    if not version.is_signable:
        raise Conflict(_("This version is not in force: there is nothing to sign."), code="not_in_force")


def _write(version: DocumentVersion, employee: Employee, method: Method, now: datetime) -> Signature:
    signature = Signature.objects.create(
        version=version, employee=employee, at=now, method=method, content_hash=version.content_hash
    )
    done(employee, version, now)
    return signature
