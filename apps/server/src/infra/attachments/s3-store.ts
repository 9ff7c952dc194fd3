import { text } from 'node:stream/consumers';
import { infraError } from '../errors.ts';
import type { MediaType } from './media-type.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';
import { discard, type S3Answer, type S3Client } from './s3-client.ts';

const MEDIA_TYPES: ReadonlySet<string> = new Set<MediaType>(['application/pdf', 'image/jpeg', 'image/png']);
const isMediaType = (name: string | undefined): name is MediaType =>
  name !== undefined && MEDIA_TYPES.has(name);

/** What is neither done nor missing: rights, a bucket that is not there, a clock that is wrong. */
async function refuse(answer: S3Answer): Promise<never> {
  const said = answer.status === 0 ? '' : await text(answer.message).catch(() => '');
  const code = /<Code>([A-Za-z]{1,60})<\/Code>/.exec(said)?.[1] ?? '';
  throw infraError('ATTACHMENT_STORE', {}, new Error(`the store answered ${answer.status} ${code}`));
}

async function expectDone(answer: S3Answer): Promise<void> {
  if (answer.status >= 300) await refuse(answer);
  await discard(answer);
}

/**
 * A bucket of an S3 store, for many servers. Of the store it is asked that an object is seen by everybody once it was
 * put or deleted, and that `If-None-Match: *` lets one of several writers win (RFC 9110 §13.1.2).
 * @param prefix before every key, e.g. `hufu/`; may be empty
 */
export function s3Store(send: S3Client, prefix: string): ObjectStore {
  const place = (key: string) => `${prefix}${key}`;
  return {
    async put(key, { file, size, sha256, mediaType }) {
      const headers = mediaType === undefined ? {} : { 'content-type': mediaType };
      const body = { file, size, sha256 };
      await expectDone(await send({ method: 'PUT', key: place(key), headers, body }));
    },
    async create(key) {
      const answer = await send({ method: 'PUT', key: place(key), headers: { 'if-none-match': '*' } });
      // 409: another writer is at it at this moment.
      if (answer.status === 412 || answer.status === 409) {
        await discard(answer);
        return false;
      }
      await expectDone(answer);
      return true;
    },
    async head(key) {
      const answer = await send({ method: 'HEAD', key: place(key) });
      await discard(answer);
      if (answer.status === 404) return undefined;
      if (answer.status !== 200) return refuse({ ...answer, status: 0 });
      const { 'content-length': size, 'last-modified': at } = answer.message.headers;
      return { size: Number(size), modifiedAt: Date.parse(at ?? '') };
    },
    async get(key, span) {
      const headers = span === undefined ? {} : { range: `bytes=${span.first}-${span.last}` };
      const answer = await send({ method: 'GET', key: place(key), headers });
      if (answer.status === 404) {
        await discard(answer);
        return undefined;
      }
      if (answer.status !== 200 && answer.status !== 206) return refuse(answer);
      const {
        'content-length': length,
        'content-range': range,
        'content-type': type,
      } = answer.message.headers;
      const size = Number(/\/(\d+)$/.exec(range ?? '')?.[1] ?? length);
      return { stream: answer.message, size, mediaType: isMediaType(type) ? type : undefined };
    },
    async delete(key) {
      const answer = await send({ method: 'DELETE', key: place(key) });
      if (answer.status === 404) await discard(answer);
      else await expectDone(answer);
    },
    async *list(): AsyncIterable<StoredObject> {
      let token: string | undefined;
      do {
        const query = {
          'list-type': '2',
          prefix,
          ...(token === undefined ? {} : { 'continuation-token': token }),
        };
        const answer = await send({ method: 'GET', key: '', query });
        if (answer.status !== 200) return await refuse(answer);
        const page = await text(answer.message);
        for (const [, content = ''] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
          const key = element(content, 'Key') ?? '';
          const modifiedAt = Date.parse(element(content, 'LastModified') ?? '');
          if (key.startsWith(prefix)) yield { key: key.slice(prefix.length), modifiedAt };
        }
        token = element(page, 'IsTruncated') === 'true' ? element(page, 'NextContinuationToken') : undefined;
      } while (token !== undefined);
    },
    async ping() {
      const answer = await send({ method: 'HEAD', key: '' });
      await discard(answer);
      if (answer.status !== 200) throw infraError('ATTACHMENT_STORE');
    },
  };
}

/** Text of the first element of that name. Our keys hold nothing that XML would escape. */
const element = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
