/** Countries of the demo: legal forms, cities, zones, and how people are named and phoned there. All numbers are reserved for fiction. */

export interface Place {
  country: string;
  /** How many of a hundred accounts sit here. */
  share: number;
  legal: readonly string[];
  cities: readonly (readonly [city: string, timezone: string])[];
  language: string;
  first: readonly string[];
  last: readonly string[];
  /** A number reserved for drama, `#` standing for a digit; null where the country reserves none. */
  phone: string | null;
}

const ENGLISH_FIRST = [
  "Ada",
  "Corin",
  "Delphine",
  "Ellis",
  "Farrah",
  "Graeme",
  "Isolde",
  "Jonty",
  "Kerensa",
  "Lowell",
];
const ENGLISH_LAST = [
  "Ashgrove",
  "Brackwell",
  "Corriden",
  "Dunmarrow",
  "Elverton",
  "Fennimoor",
  "Harrowby",
  "Quillfield",
];

export const PLACES: readonly Place[] = [
  {
    country: "US",
    share: 38,
    legal: ["Inc.", "LLC", "Corp."],
    cities: [
      ["Chicago", "America/Chicago"],
      ["Denver", "America/Denver"],
      ["Atlanta", "America/New_York"],
      ["Columbus", "America/New_York"],
      ["Portland", "America/Los_Angeles"],
    ],
    language: "en-US",
    first: [
      "Amara",
      "Bryce",
      "Calla",
      "Devonte",
      "Esme",
      "Giancarlo",
      "Juniper",
      "Keanu",
      "Marisol",
      "Thaddeus",
    ],
    last: [
      "Abernethwaite",
      "Castellow",
      "Drummoor",
      "Easterling",
      "Okafield",
      "Pellgrove",
      "Ramirosa",
      "Trevanway",
    ],
    phone: "+1 312 555 01##",
  },
  {
    country: "CA",
    share: 7,
    legal: ["Inc.", "Ltd."],
    cities: [
      ["Toronto", "America/Toronto"],
      ["Calgary", "America/Edmonton"],
    ],
    language: "en-CA",
    first: ENGLISH_FIRST,
    last: ["Beaularue", "Corriveau-Lane", "Tremblair", "Whitlock-Moss", "Yellowford"],
    phone: "+1 416 555 01##",
  },
  {
    country: "GB",
    share: 13,
    legal: ["Ltd", "PLC", "Limited"],
    cities: [
      ["Leeds", "Europe/London"],
      ["Bristol", "Europe/London"],
      ["London", "Europe/London"],
    ],
    language: "en-GB",
    first: ENGLISH_FIRST,
    last: ENGLISH_LAST,
    phone: "+44 20 7946 0###",
  },
  {
    country: "DE",
    share: 12,
    legal: ["GmbH", "AG", "GmbH & Co. KG"],
    cities: [
      ["München", "Europe/Berlin"],
      ["Köln", "Europe/Berlin"],
      ["Hamburg", "Europe/Berlin"],
    ],
    language: "de-DE",
    first: ["Annelie", "Björn", "Günther", "Jördis", "Käthe", "Lüder", "Sönke", "Wiebke"],
    last: ["Brückstein", "Grünwaldner", "Hölzing", "Jägerfeld", "Müllenbrock", "Schröderhoff", "Weißkamp"],
    phone: "+49 30 23125 ###",
  },
  {
    country: "AT",
    share: 2,
    legal: ["GmbH", "AG"],
    cities: [["Graz", "Europe/Vienna"]],
    language: "de-AT",
    first: ["Leopoldine", "Xaver", "Zita"],
    last: ["Hinterwallner", "Obersteiger"],
    phone: null,
  },
  {
    country: "FR",
    share: 6,
    legal: ["SAS", "SA", "SARL"],
    cities: [
      ["Lyon", "Europe/Paris"],
      ["Lille", "Europe/Paris"],
    ],
    language: "fr-FR",
    first: ["Aurélien", "Clémence", "Élodie", "Loïc", "Maëlle"],
    last: ["Beaurivière", "Chantevigne", "Delormoy", "Fontanelle-Brac"],
    phone: "+33 1 99 00 ## ##",
  },
  {
    country: "PL",
    share: 3,
    legal: ["Sp. z o.o.", "S.A."],
    cities: [["Wrocław", "Europe/Warsaw"]],
    language: "pl-PL",
    first: ["Bożena", "Kazimierz", "Łucja"],
    last: ["Brzozowicka", "Świtalewski", "Żukowiec"],
    phone: null,
  },
  {
    country: "AE",
    share: 2,
    legal: ["LLC", "FZE"],
    cities: [["Dubai", "Asia/Dubai"]],
    language: "ar-AE",
    first: ["ليان", "سامر"],
    last: ["الهدار", "النجمي"],
    phone: null,
  },
  {
    country: "AU",
    share: 6,
    legal: ["Pty Ltd", "Ltd"],
    cities: [
      ["Sydney", "Australia/Sydney"],
      ["Perth", "Australia/Perth"],
    ],
    language: "en-AU",
    first: ENGLISH_FIRST,
    last: ["Barralow", "Currawing", "Mallister", "Yarrawin"],
    phone: "+61 2 5550 ####",
  },
  {
    country: "SG",
    share: 5,
    legal: ["Pte. Ltd.", "Ltd."],
    cities: [["Singapore", "Asia/Singapore"]],
    language: "en-SG",
    first: ["Jia Hui", "Kavish", "Siti", "Wei Rong"],
    last: ["Limswee", "Ranganath-Lee", "Tansuri"],
    phone: null,
  },
  {
    country: "JP",
    share: 3,
    legal: ["K.K.", "G.K."],
    cities: [["Nagoya", "Asia/Tokyo"]],
    language: "ja-JP",
    first: ["葵", "陽翔", "結衣"],
    last: ["星野谷", "森白", "川端野"],
    phone: null,
  },
  {
    country: "MX",
    share: 3,
    legal: ["S.A. de C.V.", "S. de R.L. de C.V."],
    cities: [["Monterrey", "America/Monterrey"]],
    language: "es-MX",
    first: ["Citlali", "Íñigo", "Ximena"],
    last: ["Arrañaga", "Montellanos", "Peñarredonda"],
    phone: null,
  },
];

export const placeOf = (country: string): Place => {
  const place = PLACES.find((candidate) => candidate.country === country);
  if (!place) throw new RangeError(`The demo knows no place in ${country}`);
  return place;
};
