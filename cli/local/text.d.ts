/** Files that the build turns into strings (cli/build/bundle.ts). */
declare module "*?text" {
  const text: string;
  export default text;
}
