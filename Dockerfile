# One image for pages, event stream, worker, beat and migrate: the command tells them apart.
FROM node:24-slim AS front
WORKDIR /src
COPY package.json package-lock.json .npmrc vite.config.js ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY static/src static/src
RUN npm run -s build

FROM python:3.13-slim AS packages
WORKDIR /src
COPY requirements.production.lock ./
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.production.lock

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1 \
    STATIC_ROOT=/app/static/collected HOME=/tmp
# /anchor: the volume that is mounted there becomes the program's own.
RUN useradd --system --uid 10001 --no-create-home fregat && install -d -o fregat -m 0750 /anchor
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
COPY --from=front /src/static/dist static/dist
# Made as root and read-only for the program: catalogues, static files and their compressed twins.
RUN python -c "from fregat.translations import compile_stale; compile_stale()" \
 && SECRET_KEY=build DATABASE_URL=postgres://nobody@nowhere/none REDIS_URL=redis://nowhere ALLOWED_HOSTS=localhost \
    python manage.py collectstatic --noinput -v0 \
 && python -m whitenoise.compress -q static/collected
USER 10001
EXPOSE 8000 8001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD \
  ["python", "-c", "import urllib.request as u; u.urlopen('http://localhost:8000/healthz', timeout=2)"]
CMD ["gunicorn", "fregat.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "3", \
     "--threads", "4", "--preload", "--no-control-socket", "--logger-class", "fregat.weblog.WebLogger", \
     "--log-level", "warning", "--worker-tmp-dir", "/dev/shm", "--forwarded-allow-ips", "*"]
