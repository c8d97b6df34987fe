#!/bin/sh
# Starts postfix and dovecot from the configuration in $1, says "ready", and takes both down with
# their folder as soon as standard input closes: when the tests end, and also when they are killed.
dir=$1
{
  postfix -c "$dir/postfix" start &&
  dovecot -c "$dir/dovecot/dovecot.conf"
} > "$dir/start.log" 2>&1 && echo ready || cat "$dir/start.log" "$dir"/*.log
exec > /dev/null 2>&1
read -r _forever
# Their own `stop` waits for seconds where nobody collects ended processes, as in a container.
kill $(cat "$dir/queue/pid/master.pid" "$dir/dovecot-run/master.pid")
cd /
# A server that is still ending may write a last file behind the first removal.
rm -rf "$dir" || rm -rf "$dir"
