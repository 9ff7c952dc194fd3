import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Locator, type Page, test } from '@playwright/test';
import { type Picture, readPng } from './read-png.ts';

const WIDTH = 640;
const HEIGHT = 480;

/** Nothing in front of the lens. */
const DARK = Buffer.alloc(WIDTH * HEIGHT, 24);

/** One frame of YUV4MPEG2 with 4:2:0 sampling; the picture is grey. */
function frame(luma: Buffer): Buffer {
  const header = `YUV4MPEG2 W${WIDTH} H${HEIGHT} F15:1 Ip A1:1 C420jpeg\nFRAME\n`;
  return Buffer.concat([Buffer.from(header, 'latin1'), luma, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
}

/** A browser of its own, whose camera sees what is held before it: the phone is another device than the page's. */
export type CameraBrowser = {
  readonly browser: Browser;
  /** Holds the phone before something on a page of another browser. */
  lookAt(shown: Locator | Page): Promise<void>;
  close(): Promise<void>;
};

/** Chromium reads the camera's file anew each time that a page opens the camera. */
export async function openCameraBrowser(): Promise<CameraBrowser> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-camera-'));
  const file = path.join(folder, 'camera.y4m');
  const put = (luma: Buffer) => {
    fs.writeFileSync(`${file}.new`, frame(luma));
    fs.renameSync(`${file}.new`, file);
  };
  put(DARK);
  const { launchOptions } = test.info().project.use;
  const browser = await chromium.launch({
    ...launchOptions,
    args: [
      ...(launchOptions?.args ?? []),
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${file}`,
    ],
  });
  return {
    browser,
    async lookAt(shown) {
      put(seen(readPng(await shown.screenshot())));
    },
    async close() {
      await browser.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The picture as large as it fits, in the middle of a grey wall. @returns luma of one frame */
function seen({ width, height, luma }: Picture): Buffer {
  const scale = Math.min((WIDTH * 0.9) / width, (HEIGHT * 0.9) / height);
  const [left, top] = [(WIDTH - width * scale) / 2, (HEIGHT - height * scale) / 2];
  const view = Buffer.alloc(WIDTH * HEIGHT, 96);
  for (let y = 0; y < HEIGHT; y += 1) {
    const row = Math.floor((y - top) / scale);
    if (row < 0 || row >= height) continue;
    for (let x = 0; x < WIDTH; x += 1) {
      const column = Math.floor((x - left) / scale);
      if (column >= 0 && column < width) view[y * WIDTH + x] = luma[row * width + column]!;
    }
  }
  return view;
}
