import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { fromBase64 } from '@hufu/kernel';
import { formatVkey } from '@hufu/ledger';
import { type PaperWitness, paperWitness } from './paper-witness.ts';

export type WitnessServer = {
  readonly witness: PaperWitness;
  /** As HUFU_WITNESSES names it. */
  readonly setting: string;
  close(): void;
};

/** A witness of this process behind HTTP. */
export async function witnessServer(name: string, seed: number): Promise<WitnessServer> {
  const witness = paperWitness(name, seed);
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const end = body.indexOf('\n\n');
    const [first = '', ...hashes] = body.slice(0, end).split('\n');
    const note = body.slice(end + 2);
    const answer = await witness.answer({
      old: Number(first.slice('old '.length)),
      proof: hashes.map((hash) => fromBase64(hash)),
      note,
    });
    if (answer.state === 'cosigned') response.writeHead(200).end(answer.line);
    else if (answer.state === 'elsewhere') response.writeHead(409).end(`${answer.size}\n`);
    else response.writeHead(answer.state === 'inconsistent' ? 422 : 503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    witness,
    setting: `http://127.0.0.1:${port} ${formatVkey(witness.key)}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
