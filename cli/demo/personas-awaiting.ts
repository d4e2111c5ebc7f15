/**
 * Leads that wait for their first touch now, and some whose owner just let it pass. Written in English from places that somebody answers at
 * any hour, so that it looks the same on a Saturday night.
 */
import { contact, demo, type LiveLead } from "./persona.ts";

export const AWAITING: readonly LiveLead[] = [
  {
    ago: 1,
    story: "fresh",
    persona: demo("bayline", {
      email: "calla.pellgrove@baylinedepot.example",
      name: "Calla Pellgrove",
      company: "Bayline Depot LLC",
      title: "Warehouse Manager",
      country: "US",
      phone: "+1 312 555 0142",
      message: "We run two shifts and can't find pickers. What does a pilot with four robots look like?",
    }),
  },
  {
    ago: 1.6,
    story: "fresh",
    persona: demo("kestrova", {
      email: "a.castellow@kestrova.example",
      name: "Amara Castellow",
      company: "Kestrova Freight Inc.",
      title: "Chief Operating Officer",
      country: "US",
      phone: "+1 312 555 0177",
      hot: true,
      message: "Budget is approved for three sites. I need numbers before Thursday's board.",
    }),
  },
  {
    ago: 3,
    story: "fresh",
    persona: demo("thornbeck", {
      email: "graeme.dunmarrow@thornbeck.example",
      name: "Graeme Dunmarrow",
      company: "Thornbeck Brewing Ltd",
      title: "Head Brewer 🍺",
      country: "GB",
      phone: "+44 20 7946 0311",
    }),
  },
  {
    ago: 33,
    story: "fresh",
    persona: contact("lumenfold", {
      email: "devonte@lumenfold.example",
      name: "Devonte R.",
      country: "US",
      message: "Do your robots run on floors with expansion joints of 20 mm?",
    }),
  },
  {
    ago: 5,
    story: "fresh",
    persona: demo("maplequay", {
      email: "ellis.tremblair@maplequay.example",
      name: "Ellis Tremblair",
      company: "Maplequay Home Goods Inc.",
      title: "Logistics Engineer",
      country: "CA",
      phone: "+1 416 555 0128",
      message: "Comparing three vendors for goods-to-person.",
    }),
  },
  { ago: 6, story: "fresh", persona: demo("email-only", { email: "ops@sundrycove.example", country: "US" }) },
  {
    ago: 7.8,
    story: "fresh",
    persona: demo("rustling", {
      email: "keanu@rustlingpines.example",
      name: "Keanu Drummoor ✨🤖",
      company: "Rustling Pines Outdoor",
      title: "Fulfilment Lead",
      country: "US",
      message: "saw you at the trade fair 😍 can we get the tall one?",
    }),
  },
  {
    ago: 8.8,
    story: "fresh",
    persona: demo("fennwick", {
      email: "kerensa.fennimoor@fennwick-clinics.example",
      name: "Kerensa Fennimoor",
      company: "Fennwick Clinics PLC",
      title: "Head of Stores",
      country: "GB",
      message: "Night deliveries between wards. Is there a medical version?",
    }),
  },
  {
    ago: 31,
    story: "fresh",
    persona: contact("paperbright", {
      email: "study@paperbright.example",
      name: "Juniper Okafield",
      country: "US",
      message: "May we use a photo of your hauler in a school book?",
    }),
  },
];

export const BREACHED: readonly LiveLead[] = [
  {
    ago: 7.2,
    story: "fresh",
    persona: demo("argentpost", {
      email: "t.abernethwaite@argentpost.example",
      name: "Thaddeus Abernethwaite",
      company: "Argentpost Parcel Inc.",
      title: "VP Operations",
      country: "US",
      phone: "+1 312 555 0190",
      hot: true,
      message: "Peak season is in six weeks. Contract ready if you can deliver.",
    }),
  },
  {
    ago: 13,
    story: "fresh",
    persona: demo("coppergate", {
      email: "jonty@coppergate-books.example",
      name: "Jonty Ashgrove",
      company: "Coppergate Books Ltd",
      title: "Operations Manager",
      country: "GB",
    }),
  },
  {
    ago: 16,
    story: "fresh",
    persona: demo("wexmere", {
      email: "esme.trevanway@wexmere.example",
      name: "Esme Trevanway",
      company: "Wexmere Tools Corp.",
      title: "Plant Engineer",
      country: "US",
      message: "Second request, nobody called last week.",
    }),
  },
  {
    ago: 23,
    story: "fresh",
    persona: demo("hollowridge", {
      email: "bryce.easterling@hollowridge.example",
      name: "Bryce Easterling",
      company: "Hollowridge Timber LLC",
      title: "Yard Supervisor",
      country: "US",
      message: "Outdoor use, gravel, rain. Possible?",
    }),
  },
];
