# The one image of web, worker, beat and migrate: the packages of the lock, the code, and a user without rights.
FROM python:3.13-slim AS packages
COPY requirements.txt .
RUN python -m venv /opt/fund && /opt/fund/bin/pip install --no-cache-dir --requirement requirements.txt

FROM python:3.13-slim
ENV PATH=/opt/fund/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    DATA_DIR=/var/lib/fund \
    STATIC_ROOT=/srv/static
RUN useradd --system --uid 10001 --home-dir /var/lib/fund --create-home --shell /usr/sbin/nologin fund
COPY --from=packages /opt/fund /opt/fund
WORKDIR /srv/fund
COPY . .
# Naming the files by their content asks for production settings, and for none of their secrets.
RUN SECRET_KEY=build DATABASE_URL=postgres://build/build REDIS_URL=redis://build EMAIL_URL=smtp://build \
    ALLOWED_HOSTS=build DEFAULT_FROM_EMAIL=build@build.example python manage.py collectstatic --noinput
USER fund
VOLUME /var/lib/fund
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4"]
