#!/usr/bin/env bash
# Runs a command beside a private PostgreSQL: a fresh cluster in a temporary folder, on a free port of the loopback,
# its superuser `candlewick` without a password. CANDLEWICK_TEST_POSTGRES_URL names it. Afterwards it is stopped and
# removed, whatever became of the command. PostgreSQL refuses to run as root, so root hands it to another user.
#   with-postgres.sh cargo nextest run ...
set -euo pipefail

find_programs() {
  local folder
  for folder in /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin \
    "$(pg_config --bindir 2>/dev/null || true)" "$(dirname "$(command -v initdb || echo /nowhere/initdb)")"; do
    [ -x "$folder/initdb" ] && programs=$folder
  done
  [ -n "${programs:-}" ] || { echo "with-postgres: no PostgreSQL server programs found" >&2; exit 1; }
}
find_programs

folder=$(mktemp -d /tmp/candlewick-postgres.XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then
  account=nobody; id postgres >/dev/null 2>&1 && account=postgres
  chown "$account" "$folder"
  as=(runuser -u "$account" --)
fi
server() { (cd "$folder" && "${as[@]+"${as[@]}"}" "$programs/$@"); }
stop() {
  server pg_ctl -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

server initdb -D "$folder/data" -U candlewick -A trust -E UTF8 --locale=C --no-sync >"$folder/initdb.log" 2>&1 \
  || { cat "$folder/initdb.log" >&2; exit 1; }
# Durability is of no use to a cluster that lives for minutes, and costs the tests much.
cat >>"$folder/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
max_connections = 300
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 128MB
CONF
for attempt in 1 2 3 4 5; do
  port=$((20000 + RANDOM % 20000))
  if server pg_ctl -D "$folder/data" -o "-p $port" -l "$folder/server.log" -w -t 60 start >/dev/null 2>&1; then break; fi
  [ "$attempt" -lt 5 ] || { cat "$folder/server.log" >&2; exit 1; }
done

export CANDLEWICK_TEST_POSTGRES_URL="postgres://candlewick@127.0.0.1:$port/postgres"
echo "with-postgres: $("$programs/postgres" --version) on port $port"
"$@"
