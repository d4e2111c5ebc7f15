// Types of the one function we use. The file inside the package is named because the bare specifier
// "punycode" is a deprecated built-in of Node, which Node, Vite and wrangler each prefer.
declare module "punycode/punycode.es6.js" {
  /** Throws RangeError on text it cannot encode. */
  export function toASCII(domain: string): string;
}
