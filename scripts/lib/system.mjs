// What the whole test run needs from the system, and its installation on Debian for root.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { findPostgres } from './postgres.mjs';

const output = (command, args) => spawnSync(command, args, { encoding: 'utf8' }).stdout ?? '';
const onPath = (program) =>
  (process.env.PATH ?? '').split(':').some((dir) => dir !== '' && fs.existsSync(`${dir}/${program}`));

const NEEDS = [
  { packages: ['chromium'], what: 'a browser', has: () => fs.existsSync('/usr/bin/chromium') },
  {
    packages: ['fonts-noto-cjk', 'fontconfig'],
    what: 'a Chinese font',
    has: () => /noto.*cjk/i.test(output('fc-list', [':lang=zh'])),
  },
  { packages: ['postgresql-15'], what: 'PostgreSQL', has: () => findPostgres() !== undefined },
  {
    packages: ['softhsm2'],
    what: 'a PKCS#11 token in software',
    has: () => onPath('softhsm2-util') && fs.existsSync('/usr/lib/softhsm/libsofthsm2.so'),
  },
  {
    packages: ['apache2', 'libapache2-mod-auth-openidc'],
    what: 'an outside relying party',
    has: () => fs.existsSync('/usr/lib/apache2/modules/mod_auth_openidc.so'),
  },
  {
    packages: ['poppler-utils', 'qpdf'],
    what: 'outside readers of our PDFs',
    has: () => onPath('pdfsig') && onPath('qpdf'),
  },
  {
    packages: ['golang-1.19-go'],
    what: 'Go, whose checksum-database client reads our log',
    has: () => fs.existsSync('/usr/lib/go-1.19/bin/go'),
  },
  {
    packages: ['sigsum-go'],
    what: 'an outside verifier and witness of our log',
    has: () => onPath('sigsum-verify') && onPath('sigsum-witness'),
  },
  {
    packages: ['radosgw', 'ceph-mon', 'ceph-osd'],
    what: 'an S3 store (the gateway of Ceph)',
    has: () => onPath('radosgw') && onPath('ceph-mon') && onPath('ceph-osd'),
  },
  { packages: ['clamav-daemon'], what: 'a scanner of malware', has: () => onPath('clamd') },
  {
    packages: ['python3-aiosmtpd'],
    what: 'a mail server',
    has: () => fs.existsSync('/usr/lib/python3/dist-packages/aiosmtpd'),
  },
  { packages: ['openssl'], what: 'an outside witness of our cryptography', has: () => onPath('openssl') },
  {
    packages: ['g++', 'make', 'python3'],
    what: 'a compiler for the PKCS#11 binding',
    has: () => onPath('g++') && onPath('make') && onPath('python3'),
  },
];

const missing = () => NEEDS.filter((need) => !need.has());
const names = (needs) => needs.flatMap((need) => need.packages);

/** Backports of the release in use, from the mirror in use. Debian prefers nothing from there unless it is asked to. */
function addBackports() {
  const target = '/etc/apt/sources.list.d/backports.sources';
  const known = '/etc/apt/sources.list.d/debian.sources';
  if (fs.existsSync(target) || !fs.existsSync(known)) return;
  const release = /^VERSION_CODENAME=(.+)$/m.exec(fs.readFileSync('/etc/os-release', 'utf8'))?.[1];
  const main = fs.readFileSync(known, 'utf8').split(/\n\s*\n/)[0] ?? '';
  fs.writeFileSync(target, `${main.replace(/^Suites:.*$/m, `Suites: ${release}-backports`)}\n`);
}

function aptInstall(packages) {
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  // Debian makes a cluster and starts services on install unless told otherwise.
  const clusters = '/etc/postgresql-common/createcluster.conf';
  if (packages.includes('postgresql-15') && !fs.existsSync(clusters)) {
    fs.mkdirSync('/etc/postgresql-common', { recursive: true });
    fs.writeFileSync(clusters, 'create_main_cluster = false\n');
  }
  const policy = '/usr/sbin/policy-rc.d';
  const addPolicy = !fs.existsSync(policy);
  if (addPolicy) fs.writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    if (packages.includes('sigsum-go')) addBackports();
    spawnSync('apt-get', ['update', '-qq'], options);
    const flags = ['-y', '-qq', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-confold'];
    spawnSync('apt-get', ['install', ...flags, ...packages], options);
  } finally {
    if (addPolicy) fs.rmSync(policy);
  }
}

/** Installs what is missing when it can. @returns the needs that are still missing */
export function ensureSystem() {
  const wanted = missing();
  if (wanted.length === 0) return [];
  const canInstall = process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get');
  if (canInstall) {
    const begun = Date.now();
    aptInstall(names(wanted));
    console.log(`[system] ${names(wanted).join(' ')} ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  }
  const still = missing();
  for (const need of still) {
    console.error(
      `[system] missing: ${need.what}. On Debian, as root: apt-get install ${need.packages.join(' ')}`,
    );
  }
  return still;
}
