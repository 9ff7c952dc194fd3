import type { Dated } from './store/events.ts';

/** What an auditor may see of an event: who used what for what, and no secret. */
export function journalLine(event: Dated): Record<string, unknown> {
  const at = new Date(event.at).toISOString();
  const { type } = event;
  switch (event.type) {
    case 'founded':
    case 'resynchronised':
      return { at, type };
    case 'keys': {
      const keys = event.keys.map(({ id, state }) => ({ id, state }));
      return { at, type, keys };
    }
    case 'enrolled':
      return { at, type, half: event.half.id, usage: event.half.usage, publicKey: event.half.publicKey };
    case 'accepted':
      return { at, type, half: event.half };
    case 'renewed': {
      const { pending, shown: _, issued: __, ...rest } = event;
      return { ...rest, at, epoch: pending.number };
    }
    case 'split': {
      const { made, shown: _, issued: __, ...rest } = event;
      return { ...rest, at, made: made.id };
    }
    case 'used': {
      const { shown: _, issued: __, ...rest } = event;
      return { ...rest, at };
    }
    default:
      return { ...event, at };
  }
}
