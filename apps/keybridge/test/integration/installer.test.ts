import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const INSTALLER = path.resolve(import.meta.dirname, '../../installer');
let home: string;
let unpacked: string;

beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-install-'));
  unpacked = path.join(home, 'download');
  fs.mkdirSync(path.join(unpacked, 'web'), { recursive: true });
  for (const file of ['install.mjs', 'README.md']) {
    fs.copyFileSync(path.join(INSTALLER, file), path.join(unpacked, file));
  }
  fs.writeFileSync(path.join(unpacked, 'assistant.mjs'), '');
  fs.writeFileSync(path.join(unpacked, 'package.json'), '{}');
  fs.writeFileSync(path.join(unpacked, 'web', 'index.html'), '');
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

const install = (...args: readonly string[]) =>
  execFileSync(process.execPath, [path.join(unpacked, 'install.mjs'), '--no-start', ...args], {
    env: { PATH: process.env['PATH'], HOME: home },
    encoding: 'utf8',
  });

describe('the installer', () => {
  test('AST-002 puts the assistant where the user says', () => {
    const target = path.join(home, '自选 位置');
    install(`--to=${target}`);
    expect(fs.readdirSync(target).sort()).toEqual(['README.md', 'assistant.mjs', 'package.json', 'web']);
  });

  test('AST-003 快速安装 is one step, brings nothing else, and needs no question', () => {
    expect(install('--quick')).toContain('已安装');
    expect(fs.existsSync(path.join(home, '.local/share/hufu-assistant/assistant.mjs'))).toBe(true);
    const written = fs.readdirSync(home).sort();
    expect(written).toEqual(['.config', '.local', 'download']);
  });

  test('AST-004 starts with the computer, without settings by hand; that can be declined', () => {
    install('--quick', '--no-autostart');
    const entry = path.join(home, '.config/autostart/hufu-assistant.desktop');
    expect(fs.existsSync(entry)).toBe(false);
    install('--quick');
    expect(fs.readFileSync(entry, 'utf8')).toMatch(/^Exec=".*" ".*assistant\.mjs" start$/m);
  });
});
