import { uuidV7Source } from '@hufu/kernel';
import { clamdScanner } from '../../infra/antivirus/clamd.ts';
import type { Infra } from '../../infra/infra.ts';
import { guardAccess } from '../access/index.ts';
import { createPageRenderer } from '../signing/index.ts';
import { cleanUp } from './clean-up.ts';
import { sendFile, sendPage } from './deliver.ts';
import type { FilesDeps } from './deps.ts';
import { FILES_ERRORS } from './errors.ts';
import type { Files, FilesSettings } from './face.ts';
import { contentsAmong, ownFiles } from './file-store.ts';
import { adoptFile, judgeFile } from './keep-file.ts';
import { fileRoutesOf } from './routes.ts';

export type { Files, JudgedFile } from './face.ts';

/** Judging content and drawing pages cost processor time; a form has few files, and pages are looked at in a row. */
const LIMITS = {
  'library-upload': { requests: 120, seconds: 60, burst: 60 },
  'library-append': { requests: 1200, seconds: 60, burst: 300 },
  'library-preview': { requests: 240, seconds: 60, burst: 60 },
} as const;

export function createFiles(infra: Infra, settings: FilesSettings = {}): Files {
  const { clamd } = infra.config.files;
  const deps: FilesDeps = {
    ...infra,
    newId: uuidV7Source(infra.clock, infra.random),
    renderer: createPageRenderer({ program: settings.renderProgram }),
    scanner: clamd && clamdScanner(clamd),
  };
  return {
    own: ownFiles,
    async adopt(tx, file) {
      const row = await adoptFile(deps, tx, file);
      return { sha256: row.sha256, name: row.name, size: row.size, mediaType: row.media_type };
    },
    judge: (file) => judgeFile(deps, file),
    send: (call, asked) => sendFile(deps, call, asked),
    sendPage: (call, asked) => sendPage(deps, call, asked),
    feature: ({ members }) => ({
      name: 'files',
      errors: FILES_ERRORS,
      limits: LIMITS,
      periodic: [{ name: 'files-clean-up', everySeconds: 600, run: () => cleanUp(deps) }],
      heldAttachments: (sha256) => contentsAmong(deps.database.db, sha256),
      register(app) {
        guardAccess(app, { find: members, audit: deps.audit, sourceHash: deps.sourceHash });
        fileRoutesOf(app, deps);
      },
    }),
  };
}
