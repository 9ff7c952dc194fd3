import { execFile, spawnSync } from 'node:child_process';

export type ToolAnswer = { readonly status: number; readonly output: string };

/** Whether a program of this name is installed; suites that need it say so when they are skipped. */
export const isInstalled = (program: string): boolean => spawnSync(program, ['--help']).error === undefined;

export type ToolCall = {
  readonly program: string;
  readonly args: readonly string[];
  readonly input?: Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
};

/** Runs a program to its end; both its outputs, one after the other. */
export function runTool({ program, args, input, env, cwd }: ToolCall): Promise<ToolAnswer> {
  return new Promise((resolve, reject) => {
    const options = { timeout: 60_000, ...(env && { env: { ...env } }), ...(cwd && { cwd }) };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') return reject(error);
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr });
    });
    // The program may refuse before it has read everything.
    child.stdin?.on('error', () => undefined).end(input);
  });
}
