/** The last hours: leads being worked, leads in queues, and leads that wait for a local team to open. */
import { contact, demo, type LiveLead } from "./persona.ts";

export const IN_PROGRESS: readonly LiveLead[] = [
  {
    ago: 28,
    story: "touched",
    firstTouch: 5,
    again: 9,
    persona: demo("silverloom", {
      email: "giancarlo@silverloom.example",
      name: "Giancarlo Ramirosa",
      company: "Silverloom Fabrics Inc.",
      title: "Automation Engineer",
      country: "US",
      phone: "+1 312 555 0115",
      message: "Needs to lift rolls of 40 kg.",
    }),
  },
  {
    ago: 42,
    story: "touched",
    firstTouch: 4,
    persona: demo("corbelway", {
      email: "farrah.elverton@corbelway.example",
      name: "Farrah Elverton",
      company: "Corbelway Tiles Ltd",
      title: "Supply Chain Analyst",
      country: "GB",
    }),
  },
  {
    ago: 47,
    story: "worked",
    firstTouch: 3,
    persona: demo("whitlocke", {
      email: "lowell@whitlocke-dairy.example",
      name: "Lowell Whitlock-Moss",
      company: "Whitlocke Dairy Ltd.",
      title: "Cold Store Manager",
      country: "CA",
      phone: "+1 416 555 0166",
      message: "Works at -25 °C?",
    }),
  },
  {
    ago: 72,
    story: "replied",
    firstTouch: 2,
    persona: demo("juniperhall", {
      email: "isolde.brackwell@juniperhall.example",
      name: "Isolde Brackwell",
      company: "Juniperhall Cosmetics Ltd",
      title: "Director of Fulfilment",
      country: "GB",
      phone: "+44 20 7946 0455",
      message: "Returns handling is our pain: 30 % of parcels come back.",
    }),
  },
  {
    ago: 118,
    story: "scheduled",
    firstTouch: 1.5,
    persona: demo("ironvale", {
      email: "marisol.r@ironvale.example",
      name: "Marisol Ramirosa-Lane",
      company: "Ironvale Castings Corp.",
      title: "Vice President Manufacturing",
      country: "US",
      phone: "+1 312 555 0103",
      hot: true,
      message: "Rollout in two plants, budget for this year.",
    }),
  },
  {
    ago: 18,
    story: "bounced",
    firstTouch: 3,
    persona: demo("mossgate", {
      email: "corin.harowby@mossgate.example",
      name: "Corin Harrowby",
      company: "Mossgate Nurseries Ltd",
      title: "Site Manager",
      country: "GB",
    }),
  },
];

export const QUEUED: readonly LiveLead[] = [
  {
    ago: 12,
    story: "fresh",
    persona: demo("free-1", {
      email: "quillon.farrowby.warehouse@gmail.com",
      name: "Quillon Farrowby",
      company: "Farrowby & Daughters",
      title: "Owner",
      country: "US",
      message: "Small shop, big dreams. Price for one?",
    }),
  },
  {
    ago: 36,
    story: "fresh",
    persona: demo("free-2", {
      email: "delphine.corriden.ops@outlook.com",
      name: "Delphine Corriden",
      company: "Brackmoor Foods",
      title: "Shift Lead",
      country: "GB",
      message: "Writing from my private address, our mail is down.",
    }),
  },
  {
    ago: 96,
    story: "fresh",
    persona: contact("free-3", {
      email: "robotfan.ellerby@yahoo.com",
      name: "Robo Fan",
      country: "CA",
      message: "Do you sell toys of it?",
    }),
  },
  {
    ago: 150,
    story: "released",
    persona: demo("free-4", {
      email: "ada.quillfield.mfg@gmx.de",
      name: "Ada Quillfield",
      company: "Quillfield Manufacturing",
      title: "Managing Director",
      country: "US",
      phone: "+1 312 555 0158",
      message: "Our domain moves next week, hence the private mail.",
    }),
  },
  {
    ago: 205,
    story: "spam",
    persona: contact("free-5", {
      email: "seo.growth.blast@gmail.com",
      name: "SEO GURU",
      country: "US",
      message: "Rank no. 1 in 3 days!!! 🚀🚀🚀",
    }),
  },
  {
    ago: 26,
    story: "fresh",
    persona: demo("competitor", {
      email: "intel@grippium.example",
      name: "Pat Grindle",
      company: "Grippium",
      title: "Product Marketing Manager",
      country: "US",
      message: "Please send your price list.",
    }),
  },
];

/** Teams that don't follow the sun: by night and at weekends these wait for the opening, with an owner in view. */
export const LOCAL: readonly LiveLead[] = [
  {
    ago: 52,
    story: "worked",
    firstTouch: 4,
    waitsFor: "sg",
    persona: demo("harbourlux", {
      email: "isolde@harbourlux.example",
      name: "Isolde Currawing",
      company: "Harbourlux Retail",
      title: "Distribution Manager",
      country: "AU",
      phone: "+61 2 5550 4417",
      message: "Eleven stores, one DC in Sydney. Any sites here we could visit?",
    }),
  },
  {
    ago: 33,
    story: "worked",
    firstTouch: 6,
    waitsFor: "sg",
    persona: demo("orchidane", {
      email: "wr.tansuri@mail.orchidane.example",
      name: "Wei Rong Tansuri",
      company: "Orchidane",
      title: "Automation Lead",
      country: "SG",
      message: "ESD-safe grippers available?",
    }),
  },
  {
    ago: 21,
    story: "worked",
    firstTouch: 3,
    waitsFor: "sg",
    persona: demo("wattlebrook", {
      email: "jonty.barralow@wattlebrook.example",
      name: "Jonty Barralow",
      company: "Wattlebrook Wines",
      title: "Cellar Manager",
      country: "AU",
    }),
  },
  {
    ago: 44,
    story: "worked",
    firstTouch: 5,
    waitsFor: "us",
    persona: demo("northquarry", {
      email: "c.abernethwaite@northquarry.example",
      name: "Calla Abernethwaite",
      company: "Northquarry",
      title: "Director of Automation",
      country: "US",
      phone: "+1 312 555 0121",
      message: "Four quarries, dust everywhere. We'd want a reference.",
    }),
  },
  {
    ago: 27,
    story: "worked",
    firstTouch: 7,
    waitsFor: "us",
    persona: demo("elmstride", {
      email: "marisol@elmstride.example",
      name: "Marisol Castellow",
      company: "Elmstride Apparel",
      title: "Program Manager",
      country: "US",
    }),
  },
];
