import { addDays, idCardCheckDigit } from '@hufu/kernel';
import type { FileValue } from '@hufu/library';
import type { AuditActor } from '../../infra/audit/audit.ts';
import type { Tx } from '../../infra/database/database.ts';
import type { Records } from '../records/index.ts';
import { unprinted } from './papers.ts';
import type { Enterprise, Scene, Step } from './scene.ts';

const ACTOR: AuditActor = { kind: 'system', id: 'demo' };

type Setting = {
  readonly enterprise: Enterprise;
  /** Shanghai's day. */
  readonly today: string;
  readonly idOf: (name: string) => string;
  readonly paperOf: (title: string) => FileValue;
};

function sceneOf({ enterprise, today, idOf, paperOf }: Setting): Scene {
  let cards = 100;
  return {
    enterprise,
    id: idOf,
    day: (offset) => addDays(today, offset),
    paper: (title) => [paperOf(title)],
    card(born, sex) {
      cards += 2;
      const number = `${enterprise.region}${born.replaceAll('-', '')}${cards + (sex === 'male' ? 1 : 0)}`;
      return `${number}${idCardCheckDigit(number)}`;
    },
  };
}

/** The papers that a story shows. */
export function papersOf(steps: readonly Step[], enterprise: Enterprise): readonly string[] {
  const titles = new Set<string>();
  const note = (title: string) => {
    titles.add(title);
    return unprinted(title);
  };
  const scene = sceneOf({ enterprise, today: '2026-01-01', idOf: (name) => name, paperOf: note });
  for (const { takes, proof } of steps) {
    takes?.(scene);
    if (proof !== undefined) titles.add(proof);
  }
  return [...titles];
}

type Play = {
  readonly records: Pick<Records, 'write' | 'usable'>;
  readonly entityId: string;
  readonly enterprise: Enterprise;
  readonly today: string;
  readonly papers: ReadonlyMap<string, FileValue>;
};

/** The performance that a completed project became. */
async function performanceOf(tx: Tx, play: Play, project: { id: string; type: string }): Promise<string> {
  const type = project.type.replace('project-', 'performance-');
  const rows = await play.records.usable(tx, { entityId: play.entityId, types: [type] });
  return rows.find(({ system }) => system['projectId'] === project.id)!.id;
}

/** Performs the steps in their order, each as the entity itself would. */
export async function play(tx: Tx, steps: readonly Step[], part: Play): Promise<void> {
  const ids = new Map<string, string>();
  const idOf = (name: string) => ids.get(name)!;
  const paperOf = (title: string) => part.papers.get(title)!;
  const scene = sceneOf({ enterprise: part.enterprise, today: part.today, idOf, paperOf });
  for (const { type, event, on, as, parent, by = 'primary', takes, reason, proof, locked } of steps) {
    const { id } = await part.records.write(tx, {
      entityId: part.entityId,
      type,
      event,
      by,
      actor: ACTOR,
      given: { uscc: part.enterprise.uscc, entityName: part.enterprise.name },
      ...(on === undefined ? {} : { id: idOf(on) }),
      ...(parent === undefined ? {} : { parentId: idOf(parent) }),
      ...(takes === undefined ? {} : { taken: takes(scene) }),
      ...(reason === undefined ? {} : { reason }),
      ...(proof === undefined ? {} : { proof: [paperOf(proof)] }),
      ...(locked === undefined ? {} : { locked }),
    });
    if (as !== undefined) ids.set(as, id);
    if (event === 'complete' && on !== undefined) {
      ids.set(`${on}:performance`, await performanceOf(tx, part, { id, type }));
    }
  }
}
