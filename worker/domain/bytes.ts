/** Bytes that come in pieces. */

/** All of them together; null when they are more than `most`, of which no further piece is asked for. */
export const readAtMost = async (
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  most: number,
): Promise<Uint8Array | null> => {
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.byteLength;
    if (size > most) return null;
    read.push(piece);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of read) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
};
