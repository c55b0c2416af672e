# One image for web, worker, relay, beat and migrations; docker-compose.yml gives each its command.
FROM python:3.11.14-slim-bookworm AS build
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
COPY . .
# The manifest of static files belongs to the code it was made from; the key is used for nothing else.
RUN SECRET_KEY=build-only VAR_DIR=/app/var /venv/bin/python manage.py collectstatic --no-input --verbosity 0

FROM python:3.11.14-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HEARTBEAT_FILE=/tmp/heartbeat
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin fortyfive
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 CMD ["python", "-m", "config.probe", "/healthz"]
CMD ["gunicorn", "config.wsgi", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--workers=2", "--threads=8", "--no-control-socket"]
