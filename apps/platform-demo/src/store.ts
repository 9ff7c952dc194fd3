import fs from 'node:fs';
import path from 'node:path';
import type { Recognition } from '@hufu/contracts';
import { type DirectHolder, type HufuIdentity, notActivated } from '@hufu/sdk';
import { type Filing, newFiling } from './filing.ts';
import { type Letters, UNSIGNED_LETTERS } from './letters.ts';
import type { Mirror, Use } from './mirror.ts';

export type Member = {
  readonly uscc: string;
  readonly name: string;
  readonly activatedAt: string;
  readonly filing: Filing;
  /** The last login through the hub of each certificate, by issuer and serial number. */
  readonly identities: Readonly<Record<string, HufuIdentity>>;
  readonly letters: Letters;
  /** What was copied from the library, and when; undefined before the first time. */
  readonly mirror: Mirror | undefined;
  /** Another platform's approval that counts here. */
  readonly recognition: Recognition | undefined;
  readonly uses: readonly Use[];
};
export type Session = { readonly identity: HufuIdentity; readonly since: string; readonly direct: boolean };

type Data = {
  members: Record<string, Member>;
  sessions: Record<string, Session>;
  /** Performances that the library has voided: not offered any more (PLAT-040). */
  voided: string[];
};

/** No longer than the hub's own session: its end by time is told to nobody. */
const SESSION_MS = 8 * 3_600_000;

const certificateName = ({ issuer, serial }: { issuer: string; serial: string }) => `${serial}@${issuer}`;

/** The platform's own small database: one JSON file, replaced as a whole so that a crash leaves the old or the new. */
export function openStore(dir: string, now: () => number = Date.now) {
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = path.join(dir, 'platform.json');
  const data: Data = fs.existsSync(file)
    ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Data)
    : { members: {}, sessions: {}, voided: [] };
  data.voided ??= [];

  function save() {
    const temporary = `${file}.new`;
    const handle = fs.openSync(temporary, 'w', 0o600);
    fs.writeSync(handle, JSON.stringify(data));
    fs.fsyncSync(handle);
    fs.closeSync(handle);
    fs.renameSync(temporary, file);
  }

  const isLive = ({ since }: Session): boolean => Date.parse(since) + SESSION_MS > now();

  return {
    member: (uscc: string): Member | undefined => data.members[uscc],
    members: (): readonly Member[] => Object.values(data.members),
    /** First successful login through the hub activates the enterprise here (HUB-065, PLAT-003). */
    activate(identity: HufuIdentity, at: string) {
      const known = data.members[identity.uscc];
      const filing = known?.filing ?? newFiling;
      const activatedAt = known?.activatedAt ?? at;
      const identities = { ...known?.identities, [certificateName(identity.certificate)]: identity };
      data.members[identity.uscc] = {
        letters: UNSIGNED_LETTERS,
        mirror: undefined,
        recognition: undefined,
        uses: [],
        ...known,
        uscc: identity.uscc,
        name: identity.entityName,
        activatedAt,
        filing,
        identities,
      };
      save();
    },
    /** PLAT-003: only a certificate that has come through the hub before may log in directly. */
    knownIdentity(holder: DirectHolder): HufuIdentity {
      const name = certificateName(holder.certificate);
      const known = Object.values(data.members).find((member) => member.identities[name] !== undefined);
      const identity = known?.identities[name];
      if (identity === undefined || identity.entityName !== holder.unitName) throw notActivated();
      return identity;
    },
    /** @returns the member as it is now */
    change(
      uscc: string,
      changed: Partial<Pick<Member, 'filing' | 'letters' | 'mirror' | 'recognition' | 'uses'>>,
    ) {
      const member = data.members[uscc];
      if (member === undefined) return undefined;
      data.members[uscc] = { ...member, ...changed };
      save();
      return data.members[uscc];
    },
    /** A mirrored attachment, by its content. */
    keepFile(sha256: string, bytes: Uint8Array) {
      const folder = path.join(dir, 'files');
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      fs.writeFileSync(path.join(folder, sha256), bytes, { mode: 0o600 });
    },
    voided: (): ReadonlySet<string> => new Set(data.voided),
    addVoided(record: string) {
      if (data.voided.includes(record)) return;
      data.voided.push(record);
      save();
    },
    session(id: string): Session | undefined {
      const found = data.sessions[id];
      return found !== undefined && isLive(found) ? found : undefined;
    },
    putSession(id: string, session: Session) {
      for (const [old, kept] of Object.entries(data.sessions)) if (!isLive(kept)) delete data.sessions[old];
      data.sessions[id] = session;
      save();
    },
    endSessions(matches: (session: Session, id: string) => boolean) {
      for (const [id, session] of Object.entries(data.sessions)) {
        if (matches(session, id)) delete data.sessions[id];
      }
      save();
    },
  };
}
export type Store = ReturnType<typeof openStore>;
