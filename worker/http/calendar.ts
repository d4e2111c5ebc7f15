/** `POST /v1/calendar`: anybody may check the clock against dates they know the answer for. */
import { calendarAnswer, calendarQuestion } from "../../schema/wire/calendar.ts";
import { problem } from "../../schema/wire/common.ts";
import { answerCalendarCases } from "../domain/calendar/cases.ts";
import { HttpProblem } from "./problem.ts";
import { route, type Route } from "./route.ts";

export const calendarRoutes: Route[] = [
  route(
    {
      method: "post",
      path: "/v1/calendar",
      operation: "askCalendar",
      summary: "When is it due, how long was it open, is it open? About any calendar, nothing is saved",
      tag: "Policy",
      scope: "config:read",
      body: calendarQuestion,
      maxBytes: 4 * 1_048_576,
      responses: {
        200: { description: "One result a case, in order", schema: calendarAnswer },
        422: {
          description: "What is wrong with the calendar or a case, each with its pointer",
          schema: problem,
        },
      },
    },
    ({ body: { timezone, hours, holidays, overrides, cases } }) => {
      const spec = { timezone, hours, holidays: holidays ?? [], overrides: overrides ?? {} };
      const answer = answerCalendarCases(spec, cases);
      if (answer.ok) return Response.json({ results: answer.results });
      const errors = answer.problems
        .slice(0, 100)
        .map(({ path, message }) => ({ pointer: path, detail: message }));
      throw new HttpProblem(422, errors[0] ? `${errors[0].pointer}: ${errors[0].detail}` : "Invalid", errors);
    },
  ),
];
