import type { PhoneMessage } from '@hufu/contracts';

type Target =
  | { readonly to: '/orders/$id'; readonly params: { readonly id: string } }
  | { readonly to: '/certificates/$id'; readonly params: { readonly id: string } }
  | { readonly to: '/orders' | '/certificates' | '/approvals' | '/people' | '/devices' };

type Kind = PhoneMessage['kind'];

const ANSWERED: ReadonlySet<Kind> = new Set(['INVITED', 'TRANSFER_OFFERED', 'OFFERED_HALF']);
const ABOUT_PEOPLE: ReadonlySet<Kind> = new Set(['JOINED', 'LEFT', 'TRANSFER_ANSWERED', 'ADMIN_REPLACED']);
const ABOUT_DEVICES: ReadonlySet<Kind> = new Set([
  'DEVICE_ADDED',
  'DEVICE_FROZEN',
  'DEVICE_THAWED',
  'DEVICE_CLONED',
  'PIN_LOCKED',
]);

/** Where a message leads: to the thing that it names, or to the page where it is dealt with. */
export function messageTarget({ kind, facts }: Pick<PhoneMessage, 'kind' | 'facts'>): Target {
  const id = (name: string): string | undefined => {
    const value = facts[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  if (kind === 'ORDER') {
    const order = id('orderId');
    return order === undefined ? { to: '/orders' } : { to: '/orders/$id', params: { id: order } };
  }
  if (ANSWERED.has(kind)) return { to: '/approvals' };
  if (ABOUT_PEOPLE.has(kind)) return { to: '/people' };
  if (ABOUT_DEVICES.has(kind)) return { to: '/devices' };
  const certificate = id('certificateId');
  return certificate === undefined
    ? { to: '/certificates' }
    : { to: '/certificates/$id', params: { id: certificate } };
}
