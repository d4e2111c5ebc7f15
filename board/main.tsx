/** Entry of the board: theme, clock, router, then the app. */
import { render } from "preact";
import { App } from "./app.tsx";
import { startClock } from "./api/clock.ts";
import { startRouter } from "./router.ts";
import { applyTheme } from "./ui/theme.ts";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/shell.css";
import "./styles/board.css";
import "./styles/lead.css";
import "./styles/pages.css";
import "./styles/imports.css";
import "./styles/matching.css";
import "./styles/policy.css";
import "./styles/policyEdit.css";
import "./styles/reports.css";

applyTheme();
startClock();
startRouter();
render(<App />, document.getElementById("app")!);
