import { type ChildProcess, fork } from 'node:child_process';
import { CodedError } from '@hufu/kernel';
import { bridgeError } from '@hufu/keybridge-client';
import type { HostAnswer, HostGreeting, HostOperation, HostOperations } from './messages.ts';

export type HostProgram = {
  /** This program, which knows the command `pkcs11-host`. */
  readonly entry: string;
  readonly execArgv: readonly string[];
};

/** After a crash the module is loaded again, but not over and over. */
const REST_AFTER_CRASH_MS = 5_000;

export type ModuleProcess = {
  /** Starts the process when it is not there. False when the module cannot be loaded. */
  isReady(): Promise<boolean>;
  /** @throws CodedError the module's failure; TOKEN_FAULT when the process ended meanwhile */
  ask<Name extends HostOperation>(
    operation: Name,
    ask: HostOperations[Name]['ask'],
  ): Promise<HostOperations[Name]['answer']>;
  close(): void;
};

type Waiting = { resolve(value: unknown): void; reject(error: CodedError): void };

export function moduleProcess(path: string, program: HostProgram): ModuleProcess {
  let child: ChildProcess | undefined;
  let greeting: Promise<boolean> | undefined;
  let crashedAt = 0;
  let lastId = 0;
  const waiting = new Map<number, Waiting>();

  function start(): Promise<boolean> {
    const started = fork(program.entry, ['pkcs11-host', path], {
      execArgv: [...program.execArgv],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child = started;
    return new Promise((resolve) => {
      started.on('message', (message: HostAnswer | HostGreeting) => {
        if ('ready' in message) resolve(message.ready);
        else settle(message);
      });
      started.once('error', () => ended(resolve));
      started.once('exit', () => ended(resolve));
    });
  }

  function settle(answer: HostAnswer): void {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('code' in answer) asked?.reject(new CodedError(answer.code, answer.fields));
    else asked?.resolve(answer.value);
  }

  function ended(resolve: (isReady: boolean) => void): void {
    resolve(false);
    child = undefined;
    greeting = undefined;
    crashedAt = Date.now();
    for (const { reject } of waiting.values()) reject(bridgeError('TOKEN_FAULT', { reason: 'module' }));
    waiting.clear();
  }

  async function isReady(): Promise<boolean> {
    if (greeting === undefined) {
      if (Date.now() - crashedAt < REST_AFTER_CRASH_MS) return false;
      greeting = start();
    }
    return greeting;
  }

  return {
    isReady,
    async ask(operation, ask) {
      if (!(await isReady()) || child === undefined) throw bridgeError('TOKEN_FAULT', { reason: 'module' });
      const id = ++lastId;
      const answered = new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
      });
      child.send({ id, operation, ask });
      return (await answered) as never;
    },
    close() {
      crashedAt = Number.POSITIVE_INFINITY;
      child?.kill();
    },
  };
}
