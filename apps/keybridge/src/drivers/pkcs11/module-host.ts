import { createRequire } from 'node:module';
import { bridgeError } from '@hufu/keybridge-client';
import type * as Graphene from 'graphene-pk11';
import type { HostAnswer, HostGreeting, HostRequest } from './messages.ts';
import { type OpenModule, type OpenToken, openModule } from './module-session.ts';
import { asBridgeError } from './return-values.ts';

/**
 * The process that holds one PKCS#11 module. Modules are foreign code: one that crashes or hangs takes this process
 * with it and not the assistant, and one that is linked to OpenSSL does not meet Node's copy beside the assistant's
 * keys. Ends with its parent.
 */
export function hostModule(path: string): void {
  if (process.send === undefined) throw new Error('started without a parent');
  const module = load(path);
  send({ ready: module !== undefined });
  if (module === undefined) {
    process.disconnect();
    return;
  }
  const open = new Map<number, OpenToken>();
  process.on('message', (request: HostRequest) => send(answer(module, open, request)));
  process.once('disconnect', () => process.exit(0));
}

const send = (message: HostAnswer | HostGreeting): void => {
  process.send?.(message);
};

function load(path: string): OpenModule | undefined {
  try {
    // The binding is optional and native, so it is looked up only here.
    const library = createRequire(import.meta.url)('graphene-pk11') as typeof Graphene;
    const module = library.Module.load(path);
    module.initialize();
    return openModule(library, module);
  } catch (error) {
    console.error(`PKCS#11 ${path}: ${error instanceof Error ? error.message.split('\n')[0] : 'failed'}`);
    return undefined;
  }
}

function answer(module: OpenModule, open: Map<number, OpenToken>, request: HostRequest): HostAnswer {
  const { id } = request;
  try {
    return { id, value: perform(module, open, request) };
  } catch (error) {
    const { code, fields } = asBridgeError(error);
    return { id, code, fields: fields as Readonly<Record<string, string | number>> };
  }
}

function perform(module: OpenModule, open: Map<number, OpenToken>, request: HostRequest): unknown {
  switch (request.operation) {
    case 'tokens':
      return module.tokens();
    case 'keys':
      return module.keys(request.ask.tokenRef);
    case 'open': {
      const { tokenRef, pin } = request.ask;
      open.set(request.id, module.login(tokenRef, pin));
      return { session: request.id };
    }
    case 'sign': {
      const { session, keyRef, message } = request.ask;
      return openSession(open, session).sign(keyRef, message);
    }
    case 'close': {
      const { session } = request.ask;
      const token = open.get(session);
      open.delete(session);
      token?.close();
      return undefined;
    }
  }
}

function openSession(open: Map<number, OpenToken>, session: number): OpenToken {
  const token = open.get(session);
  if (token === undefined) throw bridgeError('TOKEN_REMOVED');
  return token;
}
