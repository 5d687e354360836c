"""The history of people and their ties; a person's extension and private phone; names in full order."""

import django.contrib.postgres.fields
import django.db.models.deletion
import fregat.lib.ordering
import fregat.lib.rights
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


# What stands already begins its history as it stands: else the first change would have nothing to be compared with.
BEFORE = """
INSERT INTO employees_employeeevent (
  id, pgh_obj_id, pgh_created_at, pgh_label, username, last_name, first_name, patronymic, role, department, email, phone,
  extension, private_phone, languages, is_active, dismissed_at
) SELECT id, id, now(), 'before', username, last_name, first_name, patronymic, role, department, email, phone, extension,
  private_phone, languages, is_active, dismissed_at FROM employees_employee;
INSERT INTO employees_projectassignmentevent (id, pgh_obj_id, pgh_created_at, pgh_label, project, since, employee_id)
  SELECT id, id, now(), 'before', project, since, employee_id FROM employees_projectassignment;
INSERT INTO employees_subordinationevent (id, pgh_obj_id, pgh_created_at, pgh_label, since, until, employee_id, senior_id)
  SELECT id, id, now(), 'before', since, until, employee_id, senior_id FROM employees_subordination;
INSERT INTO employees_substitutionevent (
  id, pgh_obj_id, pgh_created_at, pgh_label, since, until, created_by_id, senior_id, substitute_id
) SELECT id, id, now(), 'before', since, until, created_by_id, senior_id, substitute_id FROM employees_substitution;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("employees", "0002_ties_always_hold"),
    ]

    operations = [
        migrations.CreateModel(
            name="EmployeeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("username", models.SlugField(db_index=False, max_length=60, verbose_name="sign-in name")),
                ("last_name", models.CharField(max_length=80, verbose_name="surname")),
                ("first_name", models.CharField(max_length=80, verbose_name="name")),
                ("patronymic", models.CharField(blank=True, max_length=80, verbose_name="patronymic")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            (fregat.lib.rights.Role["OPERATOR"], "operator"),
                            (fregat.lib.rights.Role["SENIOR"], "senior manager"),
                            (fregat.lib.rights.Role["HEAD"], "head of the contact centre"),
                            (fregat.lib.rights.Role["DIRECTOR"], "director"),
                            (fregat.lib.rights.Role["DOCTOR"], "doctor-consultant"),
                            (fregat.lib.rights.Role["CLIENT"], "client manager"),
                            (fregat.lib.rights.Role["DEPARTMENT"], "employee of another department"),
                            (fregat.lib.rights.Role["ADMIN"], "system administrator"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "department",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("quality", "quality control"),
                            ("data", "personal data protection"),
                            ("other", "other department"),
                        ],
                        max_length=20,
                        verbose_name="department",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="work phone")),
                ("extension", models.CharField(blank=True, max_length=8, verbose_name="extension")),
                ("private_phone", models.CharField(blank=True, max_length=20, verbose_name="private phone")),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="languages",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="may sign in")),
                ("dismissed_at", models.DateTimeField(blank=True, null=True, verbose_name="dismissed at")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProjectAssignmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("project", models.SlugField(db_index=False, max_length=40)),
                ("since", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SubordinationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SubstitutionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveIndex(
            model_name="employee",
            name="employee_by_name",
        ),
        migrations.AddField(
            model_name="employee",
            name="extension",
            field=models.CharField(blank=True, max_length=8, verbose_name="extension"),
        ),
        migrations.AddField(
            model_name="employee",
            name="first_name_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=fregat.lib.ordering.UkKey(models.F("first_name")),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.AddField(
            model_name="employee",
            name="private_phone",
            field=models.CharField(blank=True, max_length=20, verbose_name="private phone"),
        ),
        migrations.AddField(
            model_name="employee",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="employee",
            name="phone",
            field=models.CharField(blank=True, max_length=20, verbose_name="work phone"),
        ),
        migrations.AddIndex(
            model_name="employee",
            index=models.Index(fields=["name_key", "first_name_key", "id"], name="employee_by_name"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="employee",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "employees_employeeevent" ("department", "dismissed_at", "email", "extension", "first_name", "id", "is_active", "languages", "last_name", "patronymic", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "private_phone", "role", "username") VALUES (NEW."department", NEW."dismissed_at", NEW."email", NEW."extension", NEW."first_name", NEW."id", NEW."is_active", NEW."languages", NEW."last_name", NEW."patronymic", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."private_phone", NEW."role", NEW."username"); RETURN NULL;',
                    hash="33abac87bb61eb382a79a864f429099b4bc55109",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4271d",
                    table="employees_employee",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="employee",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."department" IS DISTINCT FROM (NEW."department") OR OLD."dismissed_at" IS DISTINCT FROM (NEW."dismissed_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."extension" IS DISTINCT FROM (NEW."extension") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."languages" IS DISTINCT FROM (NEW."languages") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."patronymic" IS DISTINCT FROM (NEW."patronymic") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."private_phone" IS DISTINCT FROM (NEW."private_phone") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."username" IS DISTINCT FROM (NEW."username"))',
                    func='INSERT INTO "employees_employeeevent" ("department", "dismissed_at", "email", "extension", "first_name", "id", "is_active", "languages", "last_name", "patronymic", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "private_phone", "role", "username") VALUES (NEW."department", NEW."dismissed_at", NEW."email", NEW."extension", NEW."first_name", NEW."id", NEW."is_active", NEW."languages", NEW."last_name", NEW."patronymic", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."private_phone", NEW."role", NEW."username"); RETURN NULL;',
                    hash="f95a7fee93468a499896154cb75daa7b43124e8e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_38dab",
                    table="employees_employee",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="employee",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "employees_employeeevent" ("department", "dismissed_at", "email", "extension", "first_name", "id", "is_active", "languages", "last_name", "patronymic", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "private_phone", "role", "username") VALUES (OLD."department", OLD."dismissed_at", OLD."email", OLD."extension", OLD."first_name", OLD."id", OLD."is_active", OLD."languages", OLD."last_name", OLD."patronymic", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."private_phone", OLD."role", OLD."username"); RETURN NULL;',
                    hash="7fad5cf810dd83d6552cf3d8cec95085aecc08b4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0d581",
                    table="employees_employee",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="projectassignment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "employees_projectassignmentevent" ("employee_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project", "since") VALUES (NEW."employee_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."project", NEW."since"); RETURN NULL;',
                    hash="244fc681e2259a8259aef3d47cb4e23e6e037838",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f7539",
                    table="employees_projectassignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="projectassignment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "employees_projectassignmentevent" ("employee_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project", "since") VALUES (NEW."employee_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."project", NEW."since"); RETURN NULL;',
                    hash="55f1d810aa608ede61d8ad56ee56985769c4d46a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9ae49",
                    table="employees_projectassignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="projectassignment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "employees_projectassignmentevent" ("employee_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project", "since") VALUES (OLD."employee_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."project", OLD."since"); RETURN NULL;',
                    hash="d8a175804b5a5516ee92014f86bdc071e03dfe9b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e0cac",
                    table="employees_projectassignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="subordination",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "employees_subordinationevent" ("employee_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "senior_id", "since", "until") VALUES (NEW."employee_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."senior_id", NEW."since", NEW."until"); RETURN NULL;',
                    hash="0608fd9860f96894d6882afe48393fa8e99bf0e8",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f4238",
                    table="employees_subordination",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="subordination",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "employees_subordinationevent" ("employee_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "senior_id", "since", "until") VALUES (NEW."employee_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."senior_id", NEW."since", NEW."until"); RETURN NULL;',
                    hash="559d96d324f90606801ebc9da43d06e43bf33f05",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_68df8",
                    table="employees_subordination",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="subordination",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "employees_subordinationevent" ("employee_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "senior_id", "since", "until") VALUES (OLD."employee_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."senior_id", OLD."since", OLD."until"); RETURN NULL;',
                    hash="f766b3748ff401e5ad2c1eebc58818f4495fc6d1",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_206ef",
                    table="employees_subordination",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="substitution",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "employees_substitutionevent" ("created_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "senior_id", "since", "substitute_id", "until") VALUES (NEW."created_by_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."senior_id", NEW."since", NEW."substitute_id", NEW."until"); RETURN NULL;',
                    hash="5813de4f64badb707f1a778c87dd827e35a6a528",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_077e8",
                    table="employees_substitution",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="substitution",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "employees_substitutionevent" ("created_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "senior_id", "since", "substitute_id", "until") VALUES (NEW."created_by_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."senior_id", NEW."since", NEW."substitute_id", NEW."until"); RETURN NULL;',
                    hash="e16e96980a9fc885cc081943e9adc33b0be3ebef",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6fee6",
                    table="employees_substitution",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="substitution",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "employees_substitutionevent" ("created_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "senior_id", "since", "substitute_id", "until") VALUES (OLD."created_by_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."senior_id", OLD."since", OLD."substitute_id", OLD."until"); RETURN NULL;',
                    hash="cb02e20b903a7c7963b676859a9225e32b7fd563",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_292a2",
                    table="employees_substitution",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="employeeevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="projectassignmentevent",
            name="employee",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="projectassignmentevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="employees.projectassignment",
            ),
        ),
        migrations.AddField(
            model_name="subordinationevent",
            name="employee",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="subordinationevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="employees.subordination",
            ),
        ),
        migrations.AddField(
            model_name="subordinationevent",
            name="senior",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="substitutionevent",
            name="created_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="substitutionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="employees.substitution",
            ),
        ),
        migrations.AddField(
            model_name="substitutionevent",
            name="senior",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="substitutionevent",
            name="substitute",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="employeeevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3ab78433a5d9196337e9dfc14ccc962f028a19cb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6ddc0",
                    table="employees_employeeevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="projectassignmentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="510e4bfe0e2492676dd1326deeaff1ee9e0c693c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3e585",
                    table="employees_projectassignmentevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="subordinationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7c8560aca55c6cd59a4473f73c0eaa2b5dec6a01",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3986c",
                    table="employees_subordinationevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="substitutionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ee958cb057db201aaf833c99229ce50f08ae9ca8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_69afb",
                    table="employees_substitutionevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(BEFORE, migrations.RunSQL.noop),
    ]
