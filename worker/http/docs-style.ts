/** The documentation page's style: system fonts, a 4 px grid, light and dark from one set of tokens. */
export const DOCS_STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#171b20,#e9edf1);--soft:light-dark(#5a636e,#98a3ae);--line:light-dark(#dfe2e6,#2b3138);--ground:light-dark(#f5f6f7,#101316);--card:light-dark(#fff,#181c20);--accent:light-dark(#0a6a68,#6bc9c3);--tint:light-dark(#e3f1f0,#15302f)}
*{box-sizing:border-box}html{scroll-padding-top:16px}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}main a{text-decoration:underline;text-underline-offset:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,monospace}
.skip{position:absolute;left:-999px;top:0;padding:8px 16px;background:var(--card)}.skip:focus{left:0;z-index:1}
.frame{display:grid;grid-template-columns:272px minmax(0,1fr);max-width:1280px;margin:0 auto}
nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow-y:auto;padding:32px 16px 32px 24px;font-size:13px}
nav ul{list-style:none;margin:0 0 16px;padding:0}nav li a{display:block;padding:4px 8px;color:var(--soft);border-radius:6px;text-decoration:none}
nav li a:hover{background:var(--tint);color:var(--ink);text-decoration:none}
.brand{margin:0 0 16px 8px;font-size:16px;font-weight:650}nav .group{margin:0 0 4px 8px;font-weight:650}nav .group a{color:var(--ink)}
nav details{display:none}
main{padding:32px 32px 96px;min-width:0}
h1{margin:0 0 16px;font-size:32px;line-height:40px;letter-spacing:-.01em}h2{margin:48px 0 4px;font-size:22px;line-height:32px}
h3{margin:24px 0 8px;font-size:14px}p{margin:0 0 12px;max-width:44rem}.soft,h2+p{color:var(--soft)}
section>details{background:var(--card);border:1px solid var(--line);border-radius:8px;margin:8px 0}
summary{display:grid;grid-template-columns:60px minmax(160px,2fr) 3fr;gap:12px;align-items:baseline;padding:12px 16px;cursor:pointer;list-style:none;border-radius:8px}
summary::-webkit-details-marker{display:none}summary:hover{background:var(--tint)}
summary .path,summary .method,summary .name{font:600 13px/1.5 ui-monospace,SFMono-Regular,Menlo,monospace;overflow-wrap:anywhere}
summary .method{color:var(--soft)}summary .write{color:var(--accent)}summary .what{color:var(--soft)}
details[open]>summary{border-bottom:1px solid var(--line);border-radius:8px 8px 0 0}details[open]>summary .what{color:var(--ink)}
.named summary{grid-template-columns:1fr}
.inside{padding:16px;scroll-margin-top:64px}
pre{margin:0 0 16px;padding:12px 16px;background:var(--ground);border:1px solid var(--line);border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere}
table{width:100%;margin:8px 0 24px;border-collapse:collapse;font-size:14px}
caption,.caption{text-align:left;font-weight:650;padding:0 0 4px}
thead th{font-size:12px;font-weight:500;color:var(--soft)}
th,td{padding:8px 12px 8px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);font-weight:400;overflow-wrap:anywhere}
tbody tr:last-child>*{border-bottom:0}thead th:first-child{width:32%}thead th:nth-child(2){width:30%}
.must{font-size:12px;color:var(--soft)}
.answers{margin:0;padding:0;list-style:none}.answers>li{padding:8px 0;border-top:1px solid var(--line)}.answers>li:first-child{border-top:0}.answers p{margin:0}
.status{font-variant-numeric:tabular-nums;font-weight:650;margin-right:8px}
@media(max-width:60rem){
.frame{display:block}nav{position:static;max-height:none;padding:16px 16px 0}nav>ul,nav>.group,nav>div{display:none}.brand{margin-left:0;margin-bottom:8px}
nav details{display:block;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:0}nav details summary{display:block;padding:12px 16px;font-weight:600;font-size:15px}
nav details .all{padding:16px 8px 0}nav li a{padding:8px}
main{padding:24px 16px 64px}h1{font-size:26px;line-height:32px}
.inside{scroll-margin-top:104px}summary{grid-template-columns:52px 1fr}summary .what{grid-column:1/-1}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tbody tr{display:block;padding:8px 0;border-bottom:1px solid var(--line)}tbody tr>*{display:block;padding:0 0 4px;border:0}
}
@media print{nav{display:none}.frame{display:block}}`;
