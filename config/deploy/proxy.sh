#!/bin/sh
# Start the reverse proxy with the certificate that is there, or with one made for this start.
set -eu

here=$(dirname "$0")
work=${WORK:-/tmp}
certificate=${TLS:-/etc/tls}/fullchain.pem
key=${TLS:-/etc/tls}/privkey.pem

if [ ! -r "$certificate" ] || [ ! -r "$key" ]; then
    name=${TLS_NAME:-localhost}
    certificate=$work/fullchain.pem
    key=$work/privkey.pem
    echo "No fullchain.pem and privkey.pem in TLS_FOLDER: making a certificate for $name, which browsers warn about." >&2
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 90 -subj "/CN=$name" \
        -addext "subjectAltName=DNS:$name,DNS:localhost,IP:127.0.0.1" -keyout "$key" -out "$certificate" 2>/dev/null
fi

sed -e "s|@WORK@|$work|g" -e "s|@CERTIFICATE@|$certificate|g" -e "s|@KEY@|$key|g" \
    -e "s|@WEB@|${WEB:-web:8000}|g" -e "s|@RESOLVER@|${RESOLVER:-127.0.0.11}|g" \
    -e "s|@SITE@|${SITE_URL:-https://localhost}|g" -e "s|@HTTP@|${LISTEN_HTTP:-8080}|g" -e "s|@HTTPS@|${LISTEN_HTTPS:-8443}|g" \
    "$here/nginx.conf" >"$work/nginx.conf"
exec nginx -e stderr -c "$work/nginx.conf" "$@"
