// Builds the page for the C# project: `npm ci` where the lock file changed, then `vite build`, then a move into place.
// Several builds may run at once (test projects, Debug and Release), so a lock lets one work while the others wait.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

const web = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const output = path.join(web, 'dist', 'index.html');
const lock = path.join(web, '.build-lock');
const modules = path.join(web, 'node_modules');
const stamp = path.join(modules, '.installed');
const inputs = ['src', 'build', 'index.html', 'NOTICE.txt', 'package.json', 'package-lock.json', 'tsconfig.json',
  'vite.config.ts'];

function fail(message) {
  console.error(`error PAGE002: ${message}`);
  process.exit(1);
}

function run(command, args, environment = {}) {
  // npm is a .cmd file on Windows, which only a shell starts. The arguments are constants.
  const ended = spawnSync(command, args, {
    cwd: web, stdio: 'inherit', shell: process.platform === 'win32', env: { ...process.env, ...environment },
  });
  if (ended.status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed${ended.error ? `: ${ended.error.message}` : ''}.`);
  }
}

function isAlive(id) {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Takes the lock; waits while a living process holds it, and takes over from a dead one. */
function takeLock() {
  const wait = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; tries < 6000; tries++) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    }

    let holder = Number.NaN;
    try {
      holder = Number(fs.readFileSync(lock, 'utf8'));
    } catch (error) {
      if (error.code !== 'ENOENT') {
        throw error;
      }
    }

    if (holder > 0 && !isAlive(holder)) {
      fs.rmSync(lock, { force: true });
    }

    Atomics.wait(wait, 0, 0, 100);
  }

  throw new Error(`Another build has held ${lock} for ten minutes. Delete the file if none is running.`);
}

function newest(entry) {
  const state = fs.statSync(entry);
  return state.isDirectory()
    ? Math.max(0, ...fs.readdirSync(entry).map((name) => newest(path.join(entry, name))))
    : state.mtimeMs;
}

function isCurrent() {
  return fs.existsSync(output)
    && fs.statSync(output).mtimeMs >= Math.max(...inputs.map((name) => newest(path.join(web, name))));
}

function install() {
  const wanted = createHash('sha256').update(fs.readFileSync(path.join(web, 'package-lock.json'))).digest('hex');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) {
    return;
  }

  run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error']);
  fs.writeFileSync(stamp, wanted);
}

function build() {
  const made = path.join(modules, '.page');
  run(process.execPath, [path.join(modules, 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
    { LOGANOMALY_PAGE_OUT: made });
  fs.mkdirSync(path.dirname(output), { recursive: true });
  fs.renameSync(path.join(made, 'index.html'), output);
  // The inputs may bear a later time than the build's end where a clock is off; the page must not look stale then.
  const now = new Date(Math.max(Date.now(), ...inputs.map((name) => newest(path.join(web, name)))));
  fs.utimesSync(output, now, now);
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node.js 20.19 or later is needed to build the page; this is ${process.versions.node}.`);
}

try {
  takeLock();
  try {
    if (!isCurrent()) {
      install();
      build();
    }
  } finally {
    fs.rmSync(lock, { force: true });
  }
} catch (error) {
  fail(error.message);
}
