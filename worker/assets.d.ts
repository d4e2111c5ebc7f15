/** The static files' module as `cli/build.ts` writes it, for type checks on a checkout where nothing is built yet. */
declare module "*/dist/assets.js" {
  export interface Asset {
    readonly type: string;
    readonly etag: string;
    readonly immutable: boolean;
    readonly body: string;
    readonly br: string | null;
  }
  export const ASSETS: Readonly<Record<string, Asset>>;
}
