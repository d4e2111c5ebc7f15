/** The one function of Node's zlib that is used (workerd has it under nodejs_compat); all of Node's types would hide mistakes. */
declare module "node:zlib" {
  export function brotliCompressSync(text: string): Uint8Array;
}
