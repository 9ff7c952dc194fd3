import { fromUtf8, toBase64, utf8 } from '@hufu/kernel';
import { digest } from '@hufu/pki';
import { strFromU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { type OfdReport, type SesTools, verifyOfd } from '../../src/index.ts';
import { sample, signWith, toolsOf, trustEverybody, type World } from '../ses/support.ts';
import { NOW } from '../support/parties.ts';

export type Files = Record<string, Uint8Array>;

export const unpack = (bytes: Uint8Array): Files => {
  const files = unzipSync(bytes);
  return Object.fromEntries(Object.entries(files).filter(([name]) => !name.endsWith('/')));
};

export const pack = (files: Files): Uint8Array => zipSync(files as Zippable);

/** A sample from the field with some of its files changed, added (bytes) or taken out (undefined). */
export const alter = (
  name: string,
  changes: Readonly<Record<string, Uint8Array | undefined>>,
): Uint8Array => {
  const files: Record<string, Uint8Array | undefined> = { ...unpack(sample(name)), ...changes };
  return pack(
    Object.fromEntries(Object.entries(files).flatMap(([key, data]) => (data ? [[key, data]] : []))),
  );
};

export const edit = (name: string, file: string, change: (text: string) => string): Uint8Array => {
  const before = unpack(sample(name))[file]!;
  const after = change(strFromU8(before));
  if (after === fromUtf8(before)) throw new Error('The change changes nothing');
  return alter(name, { [file]: utf8(after) });
};

export const verify = (
  bytes: Uint8Array,
  tools: SesTools = toolsOf(trustEverybody),
  now = NOW,
): Promise<OfdReport> => verifyOfd(bytes, { ...tools, now });

export const objectionsOf = (report: OfdReport): string[][] =>
  report.signatures.map(({ findings }) =>
    findings.flatMap((finding) =>
      finding.status === 'passed'
        ? []
        : [`${finding.step}${finding.status === 'failed' ? '!' : '?'}${finding.reason}`],
    ),
  );

const NS = 'xmlns:ofd="http://www.ofdspec.org/2016"';

/** A document of one page with nothing on it. */
export const blankDocument = (): Files => ({
  'OFD.xml': utf8(
    `<?xml version="1.0" encoding="UTF-8"?><ofd:OFD ${NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>d1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>`,
  ),
  'Doc_0/Document.xml': utf8(
    `<ofd:Document ${NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="7" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>`,
  ),
  'Doc_0/Pages/Page_0/Content.xml': utf8(`<ofd:Page ${NS}><ofd:Content/></ofd:Page>`),
});

export type OfdSealing = {
  readonly world: World;
  readonly seal: Uint8Array;
  readonly method?: string;
  /** Files that are left out of the references. */
  readonly without?: readonly string[];
  readonly stamp?: string;
  readonly signedAt?: number;
};

const listOf = (count: number): string =>
  `<ofd:Signatures ${NS}>${Array.from({ length: count }, (_, i) => `<ofd:Signature ID="s${i}" Type="Seal" BaseLoc="Sign_${i}/Signature.xml"/>`).join('')}</ofd:Signatures>`;

/** Seals a document once more: the next signature beside those that are there. */
export async function sealOfd(files: Files, sealing: OfdSealing): Promise<Files> {
  const count = Object.keys(files).filter((name) => name.endsWith('/Signature.xml')).length;
  const folder = `Doc_0/Signs/Sign_${count}`;
  const left = new Set(['Doc_0/Signs/Signatures.xml', ...(sealing.without ?? [])]);
  const references = Object.entries(files)
    .filter(([name]) => !left.has(name))
    .map(
      ([name, data]) =>
        `<ofd:Reference FileRef="/${name}"><ofd:CheckValue>${toBase64(digest('sm3', data))}</ofd:CheckValue></ofd:Reference>`,
    );
  const xml = utf8(
    `<ofd:Signature ${NS}><ofd:SignedInfo><ofd:Provider ProviderName="test"/><ofd:SignatureMethod>1.2.156.10197.1.501</ofd:SignatureMethod><ofd:SignatureDateTime>20261120120000</ofd:SignatureDateTime>${sealing.stamp ?? '<ofd:StampAnnot ID="1" PageRef="7" Boundary="50 50 40 40"/>'}<ofd:References CheckMethod="${sealing.method ?? 'SM3'}">${references.join('')}</ofd:References></ofd:SignedInfo><ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>`,
  );
  const { world, seal, signedAt } = sealing;
  const value = await signWith({
    world,
    seal,
    dataHash: digest('sm3', xml),
    ...(signedAt !== undefined && { signedAt }),
  });
  return {
    ...files,
    'Doc_0/Signs/Signatures.xml': utf8(listOf(count + 1)),
    [`${folder}/Signature.xml`]: xml,
    [`${folder}/SignedValue.dat`]: value,
  };
}
