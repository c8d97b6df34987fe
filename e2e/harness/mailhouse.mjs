// The world's mail, in a temporary folder: a postfix that relays and a dovecot where customers
// read. Both listen on 127.0.0.1 only and end with this process. Needs root, as postfix does.

import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort, Lines } from './lines.mjs';
import { Mailbox } from './mailbox.mjs';

const WATCHER = fileURLToPath(new URL('mailhouse.sh', import.meta.url));

/** The desk's domain: its mail goes to the product. */
export const DESK_DOMAIN = 'arohi.example';
/** The customers' domain: its mail lands in a maildir each. */
export const CUSTOMER_DOMAIN = 'customer.example';

/**
 * Starts both servers. Mail for the desk goes to `lmtpPort`; `customers` have a mailbox each, and
 * mail to any other customer bounces.
 */
export async function startMailHouse({ lmtpPort, customers = ['asha', 'ravi'] }) {
  if (process.getuid?.() !== 0) throw new Error('postfix runs only as root: start this as root');
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'sampark-mail-'));
  fs.chmodSync(dir, 0o755);
  const ports = { smtp: await freePort(), imap: await freePort(), dovecot: await freePort() };
  configurePostfix(dir, ports, lmtpPort);
  configureDovecot(dir, ports, customers);
  const watcher = spawn(WATCHER, [dir], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  await ready(watcher, dir);
  return {
    smtpPort: ports.smtp,
    imapPort: ports.imap,
    dir,
    mailbox: (customer) => new Mailbox(path.join(dir, 'mail', customer)),
    /** What both servers logged so far: the first thing to read when a mail is missing. */
    log: () => ['postfix.log', 'dovecot.log'].map((name) => read(path.join(dir, name))).join('\n'),
    async stop() {
      watcher.ref();
      watcher.stdin.end();
      if (watcher.exitCode === null) await once(watcher, 'exit');
    },
  };
}

async function ready(watcher, dir) {
  const lines = new Lines(watcher.stdout);
  const said = [];
  for (let line = await lines.next(); line !== 'ready'; line = await lines.next()) {
    if (line === null) throw new Error(`postfix and dovecot did not start:\n${said.join('\n')}`);
    said.push(line);
  }
  // A test that fails must not keep the process, and so the servers, alive.
  watcher.unref();
  watcher.stdin.unref();
  watcher.stdout.unref();
}

function read(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

function configurePostfix(dir, ports, lmtpPort) {
  const config = path.join(dir, 'postfix');
  fs.mkdirSync(config);
  fs.mkdirSync(path.join(dir, 'queue'));
  fs.writeFileSync(path.join(config, 'main.cf'), mainCf(dir, ports, lmtpPort));
  fs.writeFileSync(path.join(config, 'master.cf'), masterCf(ports));
}

function mainCf(dir, ports, lmtpPort) {
  const transports = [
    `{${DESK_DOMAIN}=lmtp:inet:127.0.0.1:${lmtpPort}}`,
    `{${CUSTOMER_DOMAIN}=lmtp:inet:127.0.0.1:${ports.dovecot}}`,
  ];
  return `compatibility_level = 3.6
queue_directory = ${dir}/queue
data_directory = ${dir}/queue-data
maillog_file = ${dir}/postfix.log
maillog_file_prefixes = ${dir}
myhostname = mail.example
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
local_recipient_maps =
relay_domains = ${DESK_DOMAIN}, ${CUSTOMER_DOMAIN}
transport_maps = inline:{ ${transports.join(', ')} }
default_transport = error:this mail house knows no other domain
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = reject_unauth_destination
smtpd_tls_security_level = none
smtp_tls_security_level = none
smtp_host_lookup = native
disable_dns_lookups = yes
alias_maps =
alias_database =
biff = no
# Tests wait for a second try: it comes after seconds, not minutes.
queue_run_delay = 2s
minimal_backoff_time = 2s
maximal_backoff_time = 4s
in_flow_delay = 0
smtpd_client_connection_rate_limit = 0
smtpd_client_connection_count_limit = 0
default_destination_concurrency_failed_cohort_limit = 100
`;
}

function masterCf(ports) {
  const services = [
    ['127.0.0.1:' + ports.smtp, 'inet', 'n', '-', 'smtpd'],
    ['postlog', 'unix-dgram', 'n', '1', 'postlogd'],
    ['cleanup', 'unix', 'n', '0', 'cleanup'],
    ['qmgr', 'unix', 'n', '1', 'qmgr'],
    ['rewrite', 'unix', '-', '-', 'trivial-rewrite'],
    ['bounce', 'unix', '-', '0', 'bounce'],
    ['defer', 'unix', '-', '0', 'bounce'],
    ['trace', 'unix', '-', '0', 'bounce'],
    ['verify', 'unix', '-', '1', 'verify'],
    ['flush', 'unix', 'n', '0', 'flush'],
    ['proxymap', 'unix', '-', '-', 'proxymap'],
    ['proxywrite', 'unix', '-', '1', 'proxymap'],
    ['showq', 'unix', 'n', '-', 'showq'],
    ['error', 'unix', '-', '-', 'error'],
    ['retry', 'unix', '-', '-', 'error'],
    ['discard', 'unix', '-', '-', 'discard'],
    ['lmtp', 'unix', '-', '-', 'lmtp'],
    ['anvil', 'unix', '-', '1', 'anvil'],
    ['scache', 'unix', '-', '1', 'scache'],
  ];
  // service, type, private, unprivileged, chroot, wake-up, processes, command
  const wakeUp = { qmgr: '2', flush: '60?' };
  const line = ([name, type, own, processes, command]) =>
    [name, type, own, '-', 'n', wakeUp[name] ?? '-', processes, command].join(' ');
  return `${services.map(line).join('\n')}\n`;
}

function configureDovecot(dir, ports, customers) {
  const config = path.join(dir, 'dovecot');
  fs.mkdirSync(config);
  fs.mkdirSync(path.join(dir, 'mail'), { mode: 0o777 });
  fs.chmodSync(path.join(dir, 'mail'), 0o777);
  const mail = execFileSync('id', ['-u', 'mail'], { encoding: 'utf8' }).trim();
  const user = (name) => `${name}:{PLAIN}secret:${mail}:${mail}::${dir}/mail/${name}::\n`;
  const users = customers.map(user).join('');
  fs.writeFileSync(path.join(config, 'users'), users);
  fs.chmodSync(path.join(config, 'users'), 0o644);
  fs.writeFileSync(path.join(config, 'dovecot.conf'), dovecotConf(dir, ports));
}

function dovecotConf(dir, ports) {
  return `base_dir = ${dir}/dovecot-run
state_dir = ${dir}/dovecot-state
log_path = ${dir}/dovecot.log
instance_name = ${path.basename(dir)}
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_username_format = %Ln
first_valid_uid = 1
mail_location = maildir:${dir}/mail/%n
lmtp_rcpt_check_quota = no
passdb {
  driver = passwd-file
  args = username_format=%n ${dir}/dovecot/users
}
userdb {
  driver = passwd-file
  args = username_format=%n ${dir}/dovecot/users
}
service imap-login {
  inet_listener imap {
    address = 127.0.0.1
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${ports.dovecot}
  }
}
`;
}
