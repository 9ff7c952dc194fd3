import { fromUtf8, type JsonValue, toBase64, toHex, utf8 } from '@hufu/kernel';
import { ledgerError } from '../errors.ts';
import { jsonReader } from '../json/reader.ts';
import { timeText } from '../json/time-text.ts';
import { LEAF_BYTES } from '../leaf/leaf.ts';
import type { BundleAnchor, BundleDisclosure, BundleTimeStamp, EvidenceBundle } from './model.ts';

const VERSION = 'hufu-evidence/v1';
const MAX_BUNDLE = 2 * 1024 * 1024;
const MAX_TEXT = 128 * 1024;
const MAX_TOKEN = 64 * 1024;
const HEX_32 = { pattern: /^0x[0-9a-f]{64}$/, max: 66 };

const refuse = (of: string) => ledgerError('LEDGER_BUNDLE', { of });
const read = jsonReader(refuse);

/** The bundle as a file: one JSON document, the statement in it as text. @throws LEDGER_TIME */
export function formatBundle(bundle: EvidenceBundle): string {
  const document = {
    v: VERSION,
    statement: fromUtf8(bundle.statement),
    disclosures: bundle.disclosures,
    leaf: toHex(bundle.leaf),
    proof: bundle.proof,
    sigsumProof: bundle.sigsumProof,
    timeStamps: bundle.timeStamps.map(({ proof, token }) => ({ token: toBase64(token), proof })),
    anchors: bundle.anchors.map((anchor) => ({ ...anchor, blockTime: timeText(anchor.blockTime) })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function readDisclosure(value: JsonValue): BundleDisclosure {
  const { commitment, disclosure } = read.object(value, ['commitment', 'disclosure']);
  return {
    commitment: read.text(commitment, { pattern: /^[A-Za-z0-9_-]{43}$/, max: 43 }),
    disclosure: disclosure === null ? null : read.text(disclosure, { max: MAX_TEXT }),
  };
}

function readTimeStamp(value: JsonValue): BundleTimeStamp {
  const { proof, token } = read.object(value, ['proof', 'token']);
  return { proof: read.text(proof, { max: MAX_TEXT }), token: read.base64(token, MAX_TOKEN) };
}

function readAnchor(value: JsonValue): BundleAnchor {
  const names = ['proof', 'chainId', 'contract', 'transaction', 'blockNumber', 'blockHash', 'blockTime'];
  const anchor = read.object(value, names);
  return {
    proof: read.text(anchor['proof'], { max: MAX_TEXT }),
    chainId: read.integer(anchor['chainId'], 1),
    contract: read.text(anchor['contract'], { pattern: /^0x[0-9a-f]{40}$/, max: 42 }),
    transaction: read.text(anchor['transaction'], HEX_32),
    blockNumber: read.integer(anchor['blockNumber'], 0),
    blockHash: read.text(anchor['blockHash'], HEX_32),
    blockTime: read.time(anchor['blockTime']),
  };
}

/** Reads a bundle's form, within bounds; whether it proves anything is for `verifyBundle`. @throws LEDGER_BUNDLE */
export function parseBundle(text: string): EvidenceBundle {
  const names = ['v', 'statement', 'disclosures', 'leaf', 'proof', 'sigsumProof', 'timeStamps', 'anchors'];
  const document = read.object(read.document(text, MAX_BUNDLE), names);
  if (document['v'] !== VERSION) throw refuse('version');
  return {
    statement: utf8(read.text(document['statement'], { max: MAX_TEXT })),
    disclosures: read.list(document['disclosures'], 256, readDisclosure),
    leaf: read.hex(document['leaf'], LEAF_BYTES),
    proof: read.text(document['proof'], { max: MAX_TEXT }),
    sigsumProof: read.text(document['sigsumProof'], { max: MAX_TEXT }),
    timeStamps: read.list(document['timeStamps'], 8, readTimeStamp),
    anchors: read.list(document['anchors'], 8, readAnchor),
  };
}
