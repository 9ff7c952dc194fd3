#!/usr/bin/env node
// 证书助手安装程序: copies the assistant to a folder of the user's choice and starts it at login.
// No bundled software, nothing outside the user's own folders, no administrator rights.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline/promises';

const NAME = 'hufu-assistant';
const source = import.meta.dirname;
const home = os.homedir();

const DEFAULT_FOLDER =
  {
    win32: path.join(process.env.LOCALAPPDATA ?? home, 'HufuAssistant'),
    darwin: path.join(home, 'Library', 'Application Support', 'HufuAssistant'),
  }[process.platform] ?? path.join(home, '.local', 'share', NAME);

async function chooseFolder() {
  const given = process.argv.find((arg) => arg.startsWith('--to='))?.slice('--to='.length);
  if (given) return path.resolve(given);
  // 快速安装: one step, the default folder.
  if (process.argv.includes('--quick') || !process.stdin.isTTY) return DEFAULT_FOLDER;
  const terminal = readline.createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`安装位置 / install to [${DEFAULT_FOLDER}]: `);
  terminal.close();
  return answer.trim() === '' ? DEFAULT_FOLDER : path.resolve(answer.trim());
}

const autostart = {
  win32: (command) => ({
    file: path.join(
      process.env.APPDATA ?? home,
      'Microsoft/Windows/Start Menu/Programs/Startup',
      `${NAME}.cmd`,
    ),
    text: `@echo off\r\nstart "" /min ${command}\r\n`,
  }),
  darwin: (command) => ({
    file: path.join(home, 'Library', 'LaunchAgents', `org.hufu.${NAME}.plist`),
    text: `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict><key>Label</key><string>org.hufu.${NAME}</string><key>RunAtLoad</key><true/>
<key>ProgramArguments</key><array><string>/bin/sh</string><string>-c</string><string>${command}</string></array></dict></plist>
`,
  }),
  linux: (command) => ({
    file: path.join(
      process.env.XDG_CONFIG_HOME ?? path.join(home, '.config'),
      'autostart',
      `${NAME}.desktop`,
    ),
    text: `[Desktop Entry]\nType=Application\nName=Hufu 证书助手\nExec=${command}\nX-GNOME-Autostart-enabled=true\n`,
  }),
};

const quote = (text) => `"${text}"`;

const folder = await chooseFolder();
fs.mkdirSync(folder, { recursive: true });
for (const part of ['assistant.mjs', 'web', 'package.json', 'README.md']) {
  fs.cpSync(path.join(source, part), path.join(folder, part), { recursive: true });
}
const program = path.join(folder, 'assistant.mjs');
const make = autostart[process.platform] ?? autostart.linux;
if (!process.argv.includes('--no-autostart')) {
  const entry = make(`${quote(process.execPath)} ${quote(program)} start`);
  fs.mkdirSync(path.dirname(entry.file), { recursive: true });
  fs.writeFileSync(entry.file, entry.text);
}
console.log(`已安装 / installed: ${folder}`);
if (!process.argv.includes('--no-start')) {
  spawn(process.execPath, [program, 'start'], { detached: true, stdio: 'ignore' }).unref();
  console.log('证书助手已启动 / the assistant is running: http://127.0.0.1:8709/');
}
