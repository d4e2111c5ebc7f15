/** A team's part of the rotation ledger: its members with their figures, and what was given back by name. */
import type { RotationLedger } from "../../../schema/wire/ledger.ts";
import {
  barOf,
  creditInWords,
  leadsInWords,
  ledgerLeads,
  skipInWords,
  skipsOf,
  type LedgerMember,
  type LedgerTeam,
} from "../../logic/ledger.ts";
import { humanise, plural } from "../../logic/words.ts";
import { LeadLink } from "../../ui/leadLink.tsx";
import { Time } from "../../ui/time.tsx";

type Period = Pick<RotationLedger, "from" | "to">;

const COLUMNS = ["Received", "Due", "Present for", "Given back", "Credit"] as const;

export function Members({ team, period }: { team: LedgerTeam; period: Period }) {
  return (
    <div class="report-scroll" role="region" aria-label={`Members of ${team.name}`} tabIndex={0}>
      <table class="report-table ledger-table">
        <caption class="unseen">Rotation of {team.name}</caption>
        <thead>
          <tr>
            <th scope="col">Member</th>
            <th scope="col">Received, against what was due</th>
            {COLUMNS.map((name) => (
              <th scope="col" class="number" key={name}>
                {name}
              </th>
            ))}
            <th scope="col">Passed over</th>
          </tr>
        </thead>
        <tbody>
          {team.members.map((member) => (
            <Member key={member.person.id} member={member} team={team} period={period} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Member({ member, team, period }: { member: LedgerMember; team: LedgerTeam; period: Period }) {
  const { person, weight, available, share, received, credited, credit } = member;
  const leads = (what: string): string => ledgerLeads(period, team.id, what, person.id);
  return (
    <tr>
      <th scope="row">
        {person.name}
        <span class="ledger-weight faint">
          {weight === null ? "no member any more" : `weight ${leadsInWords(weight)}`}
        </span>
      </th>
      <td>
        <Bar team={team} member={member} />
      </td>
      <Figure text={leadsInWords(received)} href={received > 0 ? leads("received") : null} />
      <Figure text={leadsInWords(share)} href={available > 0 ? leads("available") : null} />
      <Figure text={leadsInWords(available)} href={available > 0 ? leads("available") : null} />
      <Figure text={leadsInWords(credited)} href={credited > 0 ? `#given-back-${team.id}` : null} />
      <Figure text={creditInWords(credit)} href={null} />
      <td class="ledger-skips">
        <Skips member={member} leads={leads} />
      </td>
    </tr>
  );
}

const Figure = ({ text, href }: { text: string; href: string | null }) => (
  <td class="number figure">{href === null ? text : <a href={href}>{text}</a>}</td>
);

/** The figures beside it say the same in words. */
function Bar({ team, member }: { team: LedgerTeam; member: LedgerMember }) {
  const { got, due } = barOf(team, member);
  return (
    <span class="ledger-bar" aria-hidden="true">
      <span class="ledger-got" style={{ width: `${got * 100}%` }} />
      <span class="ledger-due" style={{ left: `${due * 100}%` }} />
    </span>
  );
}

function Skips({ member, leads }: { member: LedgerMember; leads: (what: string) => string }) {
  const skips = skipsOf(member);
  if (skips.length === 0) return <span class="faint">–</span>;
  return (
    <ul>
      {skips.map(([why, count]) => (
        <li key={why}>
          <a href={leads(why)}>{count.toLocaleString("en-GB")}</a> {skipInWords(why)}
        </li>
      ))}
    </ul>
  );
}

/** Credits that no pick explains: each with the lead it was given back for. */
export function GivenBack({ entries }: { entries: RotationLedger["entries"] }) {
  const [first] = entries;
  if (!first) return null;
  return (
    <>
      <h3 id={`given-back-${first.team}`} tabIndex={-1}>
        {plural(entries.length, "lead")} given back
      </h3>
      <ul class="ledger-entries">
        {entries.map(({ id, at, person, leadId, note }) => (
          <li key={id}>
            <Time at={at} /> to {person.name}: <LeadLink id={leadId} /> was closed as{" "}
            {note === null ? "invalid" : `“${humanise(note)}”`}
          </li>
        ))}
      </ul>
    </>
  );
}
