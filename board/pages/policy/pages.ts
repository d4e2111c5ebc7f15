/** The policy's pages by their addresses. They come as a file of their own: most readers never open them. */
import { BacktestPage } from "./backtest.tsx";
import { CoveragePage } from "./coverage.tsx";
import { DryRunPage } from "./dryRun.tsx";
import { EditPage } from "./edit.tsx";
import { VersionsPage } from "./versions.tsx";
import { WaterfallPage } from "./waterfall.tsx";

export const PAGES: Readonly<Record<string, () => preact.JSX.Element>> = {
  "/board/config": WaterfallPage,
  "/board/config/coverage": CoveragePage,
  "/board/config/edit": EditPage,
  "/board/config/try": DryRunPage,
  "/board/config/backtest": BacktestPage,
  "/board/config/versions": VersionsPage,
};
