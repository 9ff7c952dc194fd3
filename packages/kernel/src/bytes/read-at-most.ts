/**
 * The body of an answer, as long as it has at most so many bytes; undefined as soon as it proves longer, by what it
 * announces or by what comes. The rest is then neither awaited nor held.
 */
export async function readAtMost(
  answer: Pick<Response, 'headers' | 'body'>,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const { body } = answer;
  if (body === null) return new Uint8Array();
  if (Number(answer.headers.get('content-length') ?? 0) > maxBytes) {
    await body.cancel();
    return undefined;
  }
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(chunks, size);
    size += value.length;
    if (size > maxBytes) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
}

/** Chunks may be as many as bytes: too many for the arguments of one call. */
function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
