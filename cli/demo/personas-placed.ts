/** People who write in their own language, or about accounts the CRM knows; the script places each when they'd be answered. */
import { demo, type Persona } from "./persona.ts";
import type { Story } from "./stories.ts";

export interface PlacedLead {
  persona: Persona;
  story: Story;
  /** Who must be on shift when it comes in: the owner, or a rep who speaks the language. */
  answeredBy: string;
  /** At least this many hours before now. */
  before: number;
  /** Owners, success managers and opportunity owners accept what they are given. */
  accepts?: boolean;
  firstTouch?: number;
}

export const PLACED_LEADS: readonly PlacedLead[] = [
  {
    before: 1.2,
    story: "worked",
    answeredBy: "tomasz",
    persona: demo("bruckstein", {
      email: "wiebke@brueckstein.example",
      name: "Wiebke Brückstein",
      company: "Brückstein Fördertechnik GmbH",
      title: "Leiterin Logistik",
      country: "DE",
      phone: "+49 30 23125 118",
      message:
        "Wir möchten unser Hochregallager in Köln bis März umrüsten. Fährt Ihr Gerät auch über Schwellen?",
    }),
  },
  {
    before: 2.1,
    story: "replied",
    answeredBy: "leila",
    persona: demo("beauriviere", {
      email: "clemence@beauriviere.example",
      name: "Clémence Beaurivière",
      company: "Beaurivière Parfums SAS",
      title: "Responsable entrepôt",
      country: "FR",
      phone: "+33 1 99 00 21 43",
      message:
        "Nous cherchons une solution pour préparer 4 000 colis par jour. Une démonstration à Lyon est-elle possible ?",
    }),
  },
  {
    before: 3.4,
    story: "worked",
    answeredBy: "leila",
    persona: demo("najmi", {
      email: "layan@najmilogistics.example",
      name: "ليان النجمي",
      company: "شركة النجمي للخدمات اللوجستية",
      title: "مديرة العمليات",
      country: "AE",
      message: "نرغب في عرض توضيحي للروبوتات في مستودعنا بدبي.",
    }),
  },
  {
    before: 2.6,
    story: "scheduled",
    answeredBy: "tomasz",
    persona: demo("switalewski", {
      email: "lucja@switalewski.example",
      name: "Łucja Świtalewska",
      company: "Świtalewski Meble Sp. z o.o.",
      title: "Kierowniczka magazynu",
      country: "PL",
      message: "Ile trwa wdrożenie w magazynie 6000 m²?",
    }),
  },
  {
    before: 4.2,
    story: "worked",
    answeredBy: "mateo",
    persona: demo("penarredonda", {
      email: "inigo@penarredonda.example",
      name: "Íñigo Peñarredonda",
      company: "Peñarredonda Autopartes S.A. de C.V.",
      title: "Gerente de almacén",
      country: "MX",
      message: "¿Tienen servicio técnico en Monterrey?",
    }),
  },
  {
    before: 2.9,
    story: "scheduled",
    answeredBy: "hana",
    persona: demo("kurenai", {
      email: "hinata@kurenai-seiki.example",
      name: "森白 陽翔",
      company: "紅精機株式会社",
      title: "生産技術課",
      country: "JP",
      message: "名古屋工場での実証実験を検討しています。資料をいただけますか。",
    }),
  },
  {
    before: 5.5,
    story: "qualified",
    answeredBy: "leila",
    persona: demo("jagerfeld", {
      email: "bjoern@jaegerfeld.example",
      name: "Björn Jägerfeld",
      company: "Jägerfeld & Söhne KG",
      title: "Betriebsleiter",
      country: "AT",
      message: "Suchen Ersatz für drei Stapler im Nachtbetrieb. Grüße aus Graz!",
    }),
  },
  {
    before: 1.3,
    story: "worked",
    answeredBy: "june",
    accepts: true,
    persona: demo("vantera", {
      email: "marisol.pellgrove@vantera.example",
      name: "Marisol Pellgrove",
      company: "Vantera Logistics",
      title: "Director of Operations",
      country: "US",
      phone: "+1 312 555 0109",
      message: "Following up on the Reno site.",
    }),
  },
  {
    before: 1.6,
    story: "replied",
    answeredBy: "leila",
    accepts: true,
    persona: demo("vantera-de", {
      email: "lueder.hoelzing@lager.vantera-de.example",
      name: "Lüder Hölzing",
      company: "Vantera",
      title: "Teamleiter Wareneingang",
      country: "DE",
      message: "Unsere Kollegen in Chicago haben uns auf Sie gebracht.",
    }),
  },
  {
    before: 2.4,
    story: "worked",
    answeredBy: "tomasz",
    accepts: true,
    persona: demo("brackmoor", {
      email: "isolde.harrowby.brackmoor@gmail.com",
      name: "Isolde Harrowby",
      company: "Brackmoor Foods",
      title: "Head of Warehousing",
      country: "GB",
      message: "From my private mail, you have it on file.",
    }),
  },
  {
    before: 1.1,
    story: "worked",
    answeredBy: "noor",
    accepts: true,
    persona: demo("solvanta", {
      email: "annelie.broich@solvanta.example",
      name: "Annelie Bröichling",
      company: "Solvanta Pharma",
      title: "Leiterin Intralogistik",
      country: "DE",
      language: "en-GB",
      message: "We have twelve of yours. What would eight more for hall B cost?",
    }),
  },
  {
    before: 3.8,
    story: "replied",
    answeredBy: "noor",
    accepts: true,
    persona: demo("merrowline", {
      email: "zita@merrowline.example",
      name: "Zita Obersteiger",
      company: "Merrowline Shipping",
      title: "Terminal Planner",
      country: "DE",
      language: "en-GB",
    }),
  },
  {
    before: 1.9,
    story: "scheduled",
    answeredBy: "leila",
    accepts: true,
    persona: demo("castorix", {
      email: "loic@castorix.example",
      name: "Loïc Delormoy",
      company: "Castorix",
      title: "Acheteur",
      country: "FR",
      message: "Une question sur votre proposition pour Lyon.",
    }),
  },
  {
    before: 2.2,
    story: "touched",
    answeredBy: "june",
    firstTouch: 6,
    persona: demo("pinnabell", {
      email: "juniper@pinnabell.example",
      name: "Juniper Castellow",
      company: "Pinnabell Hotels",
      title: "Procurement Lead",
      country: "US",
      message: "Linen and laundry transport between floors.",
    }),
  },
];
