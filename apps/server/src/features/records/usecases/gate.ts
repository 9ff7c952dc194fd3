import type { Module, RecordType } from '@hufu/library';
import type { Member } from '../../access/index.ts';
import type { Kind } from '../catalogue.ts';
import { recordError } from '../errors.ts';

const concerns = ({ owner }: RecordType, { entityKind }: Member): boolean =>
  owner === 'either' || (owner === 'natural-person') === (entityKind === 'NATURAL_PERSON');

/** Base information: what a registration is completed with. */
const isBase = ({ single }: RecordType): boolean => single === true;

/**
 * Whether somebody may look at records of a type. Until the registration is complete only base information is open
 * (LIB-REG-11).
 * @throws RECORD_OWNER, RECORD_BASE_FIRST
 */
export function mayRead(member: Member, { type }: Pick<Kind, 'type'>): void {
  if (!concerns(type, member)) throw recordError('RECORD_OWNER');
  if (member.entityState === 'REGISTERED_SIMPLE' && !isBase(type)) throw recordError('RECORD_BASE_FIRST');
}

/** That a frozen entity changes nothing is seen to at the door. @throws RECORD_NOT_DELEGATED beside those of `mayRead` */
export function mayWrite(member: Member, { type, module }: Pick<Kind, 'type' | 'module'>): void {
  mayRead(member, { type });
  if (!isDelegated(member, module)) throw recordError('RECORD_NOT_DELEGATED');
}

const isDelegated = ({ modules }: Member, { name }: Module): boolean =>
  modules === 'all' || modules.includes(name);

/** Whether a list may be offered at all, e.g. on the dashboard. */
export function isOpenTo(member: Member, kind: Pick<Kind, 'type'>): boolean {
  return concerns(kind.type, member) && (member.entityState !== 'REGISTERED_SIMPLE' || isBase(kind.type));
}

/** Whether buttons that change something are shown: the rule behind them is `mayWrite`. */
export function maintains(member: Member, { module }: Pick<Kind, 'module'>): boolean {
  return member.standing !== 'SECONDARY' && member.entityState !== 'FROZEN' && isDelegated(member, module);
}
