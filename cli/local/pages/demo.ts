/** A company's product page with the form embedded by the script tag, as it would stand on anybody's site. */
import { raw } from "hono/html";
import { type Html, html } from "../respond.ts";
import { companyMark, warehouse } from "./brand.ts";

/**
 * The form's height, so that it comes without moving anything (docs/embed.md). In the page itself: an async script
 * doesn't wait for style sheets, and would measure a box that has no height yet.
 */
export const ROOM = `@media (scripting: enabled) {
  .talk > script, .talk > leadclock-form { display: block; min-height: 1015px }
  @media (max-width: 900px) { .talk > script, .talk > leadclock-form { min-height: 655px } }
  @media (max-width: 560px) { .talk > script, .talk > leadclock-form { min-height: 1050px } }
}`;

// Not inside the page's template: formatting it would change the text that the policy's hash stands for.
const roomStyle = raw(`<style>${ROOM}</style>`);

export function site(title: string, main: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta
          name="description"
          content="Helio robots bring the shelf to the picker. For warehouses from 500 square metres."
        />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/local/demo.css" />
        ${roomStyle}
      </head>
      <body>
        <header class="site">
          <a class="skip" href="#main">Skip to content</a>
          <a class="name" href="/demo">${companyMark}<span>Helio</span></a>
          <nav aria-label="Main">
            <a href="/demo#how">How it works</a><a href="/demo#plans">Plans</a
            ><a class="button" href="/demo#talk">Book a demo</a>
          </nav>
        </header>
        <main id="main">${main}</main>
        <footer>
          <p>
            <strong>Helio Robotics</strong> is made up, and so is its warehouse. The form on this page is
            real: it was put here by one script tag and whoever fills it in becomes a lead.
          </p>
          <nav aria-label="Behind the scenes">
            <a href="/demo/no-js">The form without JavaScript</a><a href="/board">The board</a
            ><a href="/inbox">The inbox</a><a href="/docs">The API</a>
          </nav>
        </footer>
      </body>
    </html>`;
}

const STEPS = [
  [
    "Map in a morning",
    "Push one robot down each aisle once. It learns shelves, doors and the corner where the pallets always stand.",
  ],
  [
    "Orders go to robots",
    "Your warehouse system keeps its job. Helio reads the pick list and sends whichever robot is nearest.",
  ],
  [
    "People stay at the bench",
    "Totes come to the picker in walking order. Nobody pushes 90 kilos across a hall for one carton of screws.",
  ],
];

const FIGURES = [
  ["9 km", "less walking per picker and day"],
  ["6 weeks", "from first visit to live"],
  ["2.1×", "order lines per hour after a quarter"],
];

const PLANS = [
  ["Starter", "€1,900", "a month", ["3 robots", "One site", "Support on weekdays"]],
  ["Fleet", "€5,400", "a month", ["12 robots", "Traffic planning", "Support day and night"]],
  [
    "Network",
    "Let's talk",
    "",
    ["Any number of sites", "Your own integrations", "An engineer who knows you"],
  ],
] as const;

export function demoPage(): Html {
  return site(
    "Helio Robotics: the shelf comes to you",
    html`<section class="hero">
        <div class="pitch">
          <p class="over">Warehouse robots for halls from 500 m²</p>
          <h1>Your pickers walk eleven kilometres a day. Let the shelf walk instead.</h1>
          <p class="lead">
            Helio robots fetch totes through aisles you already have, beside people you already employ. No
            rails, no new floor, no stop of work.
          </p>
          <dl class="figures">
            ${FIGURES.map(
              ([figure, what]) =>
                html`<div>
                  <dt>${what}</dt>
                  <dd>${figure}</dd>
                </div>`,
            )}
          </dl>
          ${warehouse}
        </div>
        <div class="talk" id="talk">
          <script src="/w.js" data-form="demo" async></script>
          <noscript
            ><p class="plain"><a class="button" href="/demo/no-js">Book a demo</a></p></noscript
          >
        </div>
      </section>
      <section class="steps" id="how" aria-labelledby="how-title">
        <h2 id="how-title">Live in six weeks, one aisle at a time</h2>
        <ol>
          ${STEPS.map(
            ([title, text]) =>
              html`<li>
                <h3>${title}</h3>
                <p>${text}</p>
              </li>`,
          )}
        </ol>
      </section>
      <section class="plans" id="plans" aria-labelledby="plans-title">
        <h2 id="plans-title">Rent the robots, keep the warehouse</h2>
        <div class="cards">
          ${PLANS.map(
            ([name, price, per, points]) =>
              html`<article>
                <h3>${name}</h3>
                <p class="price">${price} <span>${per}</span></p>
                <ul>
                  ${points.map((point) => html`<li>${point}</li>`)}
                </ul>
                <a class="button" href="#talk">Book a demo</a>
              </article>`,
          )}
        </div>
      </section>`,
  );
}
