// Words that say little about which company is meant, words that are written short, and words that name places. General
// vocabulary in plain letters; data only. A word in none of the lists is taken for a name.

import { GLUED_PLACES, GLUED_STRUCTURE, GLUED_TRADES } from "./glued-words.ts";
import { plainLetters } from "./letters.ts";

const words = (text: string, more: readonly string[] = []): ReadonlySet<string> =>
  new Set([...text.trim().split(/\s+/), ...more.map(plainLetters)]);

/** They bind; leaving one out changes nothing. */
export const FUNCTION_WORDS: ReadonlySet<string> = words(`
  a an the of and for in at on by to with from de del della delle dei degli di da do dos das du des d l la le les el los las il lo gli en
  et y e i und der die das dem den des fur von vom zu zur im am van het een voor te och av for til pa ved & u o na w z ve of al ul
`);

/** "Group" and "holding" where they stand as words of their own. */
const OTHER_SCRIPTS = "группа холдинг компания όμιλος مجموعة القابضة קבוצת קבוצה אחזקות समूह กรุ๊ป".split(" ");

/** How a firm is built, not what it does: with or without them it is mostly the same firm. */
export const STRUCTURE_WORDS: ReadonlySet<string> = words(
  `
  group groups groupe gruppe grupo gruppo gruppen konzern holding holdings international intl internacional internationale internazionale global globally world worldwide universal company companies corporation corporate
  enterprise enterprises incorporated limited headquarters hq office branch sales team division solutions solution services service partners associates
  online web website official com net org inc llc ltd
`,
  [...GLUED_STRUCTURE, ...OTHER_SCRIPTS],
);

/** What thousands of firms and bodies are called besides their name: what they do or are. */
export const COMMON_WORDS: ReadonlySet<string> = words(
  `
  group groupe gruppe grupo gruppo holding holdings international global world worldwide universal national federal central general united first new
  company companies corporation enterprise enterprises industries industry industrial industria industrias business businesses commercial trading trade traders
  services service servicios servizi solutions solution systems system technology technologies tech technical technologie technologia tecnologia tecnologias digital data software
  online web internet net network networks media communications communication telecom telecommunications mobile wireless electronics electronic electric
  electrical energy power oil gas petroleum resources resource mining minerals metals metal gold silver steel iron copper chemical chemicals chemie materials plastics paper rubber glass
  bank banking banca banco banque bancorp bancshares financial finance finances capital investment investments invest investors asset assets fund funds trust securities
  insurance assurance partners partner associates associated advisors advisory consulting consultants consultancy management marketing advertising agency design creative studio
  studios labs lab laboratory laboratories research sciences science scientific engineering engineers construction constructions builders building buildings contractors development
  developers developments properties property real estate realty immobilien land homes home house housing hotel hotels resort resorts restaurant restaurants cafe foods food
  beverage beverages products product manufacturing manufacturers works machine machinery machines motor motors auto automotive automobile car cars transport transportation logistics
  shipping marine air airlines airways aviation aerospace rail railway railways port express delivery freight supply equipment tools parts
  health healthcare medical medicine hospital hospitals clinic clinics pharma pharmaceutical pharmaceuticals pharmacy bio biotech biotechnology biosciences life
  care dental therapeutics diagnostics devices education educational school schools university universitat universite universidad universidade universita college institute
  institut instituto istituto academy academic training learning library museum foundation fundacion fondation stiftung association society club council committee
  commission authority agency board bureau office department ministry government public municipal city town village county borough township district parish
  state region regional local community communities district sheriff police fire court courts clerk water electric utility utilities
  sports sport games game gaming entertainment music film films pictures publishing press news times magazine radio television tv books
  fashion clothing apparel textile textiles garments shoes beauty cosmetics jewelry jewellery furniture interiors
  agriculture agricultural agro farms farm environmental environment green clean solar renewable renewables wind nuclear
  security safety defense defence legal law lawyers attorneys accounting accountants tax audit payments payment credit loan loans mortgage
  store stores shop shops retail wholesale market markets supermarket outlet mart center centre centers centres plaza mall
  travel tours tourism leisure events event security staffing recruitment human people team cloud platform platforms app apps robotics ai intelligence intelligent smart
  advanced innovation innovations innovative precision quality premium professional modern integrated applied strategic dynamic
  brothers bros sons family company precious equity ventures venture royalty exploration semiconductor semiconductors optical instruments technics technic
  fils freres hermanos soehne sohne gebruder associes sociedad societe gesellschaft vertrieb handel handels bau werke verlag versicherung sanayi ticaret
  beratung technik maschinenbau elektro elektrotechnik spedition metallbau holzbau stahlbau gartenbau medien werbung druck druckerei steuerberatung rechtsanwalte
  wirtschaftsprufung genossenschaft sparkasse stadtwerke verband verein hochschule schule klinik klinikum krankenhaus apotheke autohaus fahrzeuge
  conseil conseils informatique batiment immobilier assurances avocats pharmacie hopital ecole industriel boulangerie electricite
  consultores ingenieros ingenieria transportes construccion clinica colegio tecnologica alimentos farmacia importaciones exportaciones distribuidora
  costruzioni impianti trasporti assicurazioni consulenza officina officine elettronica meccanica alimentari
  bouw techniek advies makelaars zorg onderwijs transporten uslugi budownictwo przedsiebiorstwo handlowe insaat tekstil gida nakliyat pazarlama otomotiv
  bygg eiendom fastigheter entreprenad rakennus kiinteistot stavebni obchodni brewing brewery brewers bakery winery
  participacoes empreendimentos comercio servicos consultoria engenharia energia construcoes seguros inmobiliaria constructora desarrollo financiera inversiones
`,
  GLUED_TRADES,
);

/** Countries, regions and directions. They count, but less than a name; two that differ tell two firms apart. */
export const PLACE_WORDS: ReadonlySet<string> = words(
  `
  north south east west northern southern eastern western northeast northwest southeast southwest nord sud est ouest norte sur sul oeste upper lower middle
  america american americas usa us uk eu europe european euro asia asian africa african pacific atlantic oceania emea apac latam dach nordic nordics scandinavia
  scandinavian baltic arab arabian gulf mediterranean caribbean latin anglo
  china chinese japan japanese nippon nihon korea korean india indian hindustan germany german deutschland deutsche deutscher france french francaise francais britain british england english
  scotland scottish wales welsh ireland irish italy italian italia italiana spain spanish espana espanola portugal portuguese netherlands dutch nederland nederlandse belgium
  belgian belgique switzerland swiss schweiz suisse austria austrian osterreich sweden swedish sverige svenska norway norwegian norge norsk norske denmark danish danmark dansk danske finland
  finnish suomi iceland poland polish polska czech slovakia hungary hungarian magyar romania romanian romana bulgaria greece greek hellenic turkey turkish turk turkiye russia
  russian ukraine ukrainian israel israeli egypt egyptian saudi arabia emirates qatar kuwait bahrain oman iran iraq jordan lebanon pakistan bangladesh lanka nepal
  thailand thai vietnam vietnamese malaysia malaysian singapore indonesia indonesian philippines philippine taiwan taiwanese hong kong macau mongolia kazakhstan
  australia australian zealand canada canadian canadienne mexico mexican mexicana brazil brasil brazilian brasileira argentina argentine chile chilean colombia colombian peru peruvian
  venezuela ecuador bolivia uruguay paraguay cuba panama nigeria nigerian kenya ghana ethiopia tanzania uganda morocco algeria tunisia zimbabwe zambia
  york london paris berlin munich munchen hamburg frankfurt vienna wien zurich geneva milan milano rome roma madrid barcelona lisbon amsterdam rotterdam brussels stockholm oslo copenhagen
  helsinki dublin warsaw prague budapest athens istanbul ankara moscow kyiv dubai abu dhabi riyadh cairo lagos nairobi johannesburg cape mumbai delhi bangalore bengaluru chennai kolkata
  hyderabad karachi dhaka bangkok jakarta manila hanoi kuala lumpur beijing shanghai shenzhen guangzhou tianjin chongqing wuhan nanjing hangzhou suzhou chengdu tokyo osaka kyoto nagoya seoul busan
  taipei sydney melbourne brisbane perth adelaide auckland wellington toronto montreal vancouver calgary ottawa chicago boston houston dallas austin denver seattle atlanta miami
  detroit philadelphia phoenix francisco angeles diego las vegas washington portland sao paulo rio janeiro buenos aires bogota lima santiago caracas
  jiangsu zhejiang guangdong shandong fujian hunan hubei henan hebei anhui sichuan shaanxi shanxi liaoning jilin heilongjiang yunnan guizhou gansu hainan jiangxi guangxi xinjiang tibet
  california texas florida illinois ohio georgia carolina dakota virginia michigan minnesota wisconsin indiana iowa kansas missouri oregon nevada arizona utah colorado montana idaho
  wyoming alaska hawaii alabama arkansas louisiana mississippi tennessee kentucky oklahoma nebraska maine vermont hampshire massachusetts connecticut jersey delaware maryland
  pennsylvania ontario quebec alberta manitoba saskatchewan queensland victoria tasmania bavaria bayern saxony sachsen bremen hessen catalonia andalucia bretagne normandie provence
  gujarat maharashtra punjab rajasthan kerala karnataka tamil nadu bengal
`,
  GLUED_PLACES,
);

/** Public bodies of a place. */
export const TOWN_WORDS: ReadonlySet<string> = words(`
  city town township village county borough parish municipality district municipal stadt gemeinde landkreis commune mairie comune ayuntamiento prefeitura sheriff sheriffs
`);

/** They begin the names of places ("New York", "San Jose"). */
export const PLACE_BEGINNINGS: ReadonlySet<string> = words(`
  new san santa sao saint st los las el la le port puerto fort mount lake bad upper lower north south east west rio cape
`);

/** How long words are written short, or in another language; the long form stands for all. One line each: long, then its others. */
const SHORT_FORMS = `
  international intl int internat internatl internacional internationale internazionale
  manufacturing mfg manuf manufg
  manufacturers mfrs
  university univ uni universitat universite universita universidad universidade universiteit universitet uniwersytet universitesi universitas
  department dept dep dpt
  company co
  corporation corp
  incorporated inc
  limited ltd
  national natl nat nac
  association assoc assn
  associates assocs
  brothers bros
  government govt gov
  technology tech technol
  technologies techs
  laboratory lab
  laboratories labs
  management mgmt mgt
  engineering eng engg engrg engr
  services svcs svc srvs
  service serv
  institute inst institut instituto istituto instytut
  center centre ctr cntr
  centers centres
  hospital hosp
  industries inds indus
  industry ind
  group grp gp groupe gruppe gruppen grupo gruppo
  holdings hldgs hldg
  holding hold
  international's internationals
  systems sys syst
  solutions sols soln solns
  products prods prod
  production prodn
  distribution distr distrib
  distributors dists
  development dev devt dvlpmt devel
  developers devs
  communications comms comm commun
  telecommunications telecomms telecom telco
  pharmaceuticals pharmaceutical pharm pharma
  construction constr const
  transportation transp trans transport
  insurance ins insce
  investment inv invest
  investments invs invmts
  financial fin finl
  american amer am
  federal fed
  federation fedn
  district dist
  county cty cnty
  saint st sankt
  saints sts
  mount mt
  mountain mtn
  fort ft
  township twp
  electric elec electr
  electrical elect
  electronics electron
  environmental env environ
  education educ edu
  equipment equip eqpt
  estate est
  properties props
  property prop
  library lib
  marketing mktg mkt mktng
  materials matls mat
  medical med
  mechanical mech
  metropolitan metro
  railroad rr
  railway rwy
  research res rsch
  science sci
  sciences scis
  southern sthn
  northern nthn
  supply sply
  chemical chem
  chemicals chems
  automotive auto
  academy acad
  administration admin
  authority auth
  agriculture agri
  agricultural agric
  america amr
  enterprises ents entpr
  enterprise ent entp
  exploration expl
  resources rsrcs
  software sw
  security sec
  securities secs
  partners ptnrs
  partnership pship
  professional prof
  information info
  commission comm
  community cmty comty
  commercial comml
  trading trdg
  street str
  junior jr
  senior sr
  doctor dr
  united utd
  states sts
  foundation fdn found
  society soc
  museum mus
  gesellschaft ges
  und u
  germany deutschland
  austria osterreich
  switzerland schweiz suisse svizzera
  italy italia
  spain espana
  netherlands nederland
  belgium belgie belgique
  brazil brasil
  poland polska
  sweden sverige
  norway norge
  denmark danmark
  finland suomi
  turkey turkiye
  czechia cesko
  greece hellas
`;

const LONG_OF = new Map<string, string>();
for (const line of SHORT_FORMS.trim().split("\n")) {
  const [long = "", ...shorts] = line.trim().split(" ");
  for (const short of shorts) if (!LONG_OF.has(short)) LONG_OF.set(short, long);
}

for (const word of [...COMMON_WORDS, ...STRUCTURE_WORDS]) {
  const singular = word.endsWith("ies") ? `${word.slice(0, -3)}y` : word.replace(/s$/, "");
  if (singular !== word && (COMMON_WORDS.has(singular) || STRUCTURE_WORDS.has(singular)))
    LONG_OF.set(word, singular);
}
for (const [short, long] of LONG_OF) LONG_OF.set(short, LONG_OF.get(long) ?? long);

/** "intl" → "international", "technologies" → "technology"; other words stay. */
export const longForm = (word: string): string => LONG_OF.get(word) ?? word;

/** What is added to a name to make a domain free: "getacme.example", "acmehq.example". */
export const DOMAIN_PREFIXES = "get,my,try,use,go,the,join,hello,with,meet,ask,team,hey,we,visit".split(",");
export const DOMAIN_SUFFIXES =
  "app,hq,inc,corp,co,llc,ltd,plc,group,holdings,online,web,site,global,intl,usa,us,uk,eu,team,labs,io,ai,tech,software,cloud,digital,gmbh,ag,sa,spa".split(
    ",",
  );

/** How much a word says of which firm is meant: 1 for a name. */
export function weightOf(word: string): number {
  if (FUNCTION_WORDS.has(word)) return 0.05;
  const long = longForm(word);
  if (STRUCTURE_WORDS.has(long)) return 0.15;
  if (COMMON_WORDS.has(long)) return 0.3;
  if (PLACE_WORDS.has(word)) return 0.6;
  return word.length === 1 ? 0.5 : 1;
}
