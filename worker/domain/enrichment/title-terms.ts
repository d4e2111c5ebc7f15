// Words of job titles in seven languages, lower case without diacritics (plainText). Each entry is one term; a term of
// several words must stand together; "~" in front matches the end of a compound word ("vertriebsleiter"). Data only: the
// order of the checks is in title.ts.
import type { SENIORITIES } from "../../../schema/wire/words.ts";

export type Seniority = (typeof SENIORITIES)[number];
export type JobFunction =
  | "executive"
  | "sales"
  | "marketing"
  | "engineering"
  | "it"
  | "security"
  | "data"
  | "product"
  | "design"
  | "finance"
  | "hr"
  | "operations"
  | "procurement"
  | "legal"
  | "support"
  | "research"
  | "education"
  | "health"
  | "administration"
  | "consulting";

const terms = (text: string): readonly string[] =>
  text
    .trim()
    .split(/\s*\|\s*|\s*\n\s*/)
    .filter((term) => term !== "");

/** Helpers of somebody senior: the senior's word in their title is not theirs. */
export const ASSISTANTS = terms(`
  assistant to | assistant of | executive assistant | personal assistant | administrative assistant | assistant ceo | ceo assistant | ea to | pa to
  secretary | secretary to | office of the | on behalf of | reporting to | reports to | advisor to | adviser to | deputy to
  assistenz | assistent der | assistentin der | assistentin des | assistent des | vorstandsassistenz | vorstandsassistentin | vorstandsassistent | sekretarin | sekretar | sekretariat
  assistante de | assistant de | assistante du | assistant du | secretaire | asistente de | asistenta de | asistente del | secretaria | secretario
  assistente de | assistente do | assistente da | secretaria de | assistente del | assistente di | assistente alla | segretaria | segretario
  directieassistent | directieassistente | directiesecretaresse | management assistent | management assistant | secretaresse
`);

export const INTERNS = terms(`
  intern | internship | trainee | apprentice | apprenticeship | working student | phd student | student assistant | student worker | werkstudent | werkstudentin | ~praktikant | ~praktikantin
  azubi | auszubildende | auszubildender | volontar | volontarin | stagiaire | alternant | alternante | apprenti | apprentie | becario | becaria
  practicante | aprendiz | estagiario | estagiaria | jovem aprendiz | tirocinante | stagista | stagiair | leerling
`);

/** Look like another rank, are not: checked before everything that follows. */
export const NOT_THAT_RANK = terms(`
  product owner | process owner | data owner | service owner | platform owner | system owner | owner s representative | founding engineer | founding designer
  customer success executive | account executive | sales executive | marketing executive | business development executive | hr executive | key account executive
  commercial executive | scrum master
`);

export const OWNERS = terms(`
  owner | co owner | coowner | owner operator | founder | co founder | cofounder | founding partner | proprietor | self employed | sole trader | managing partner | senior partner | equity partner
  inhaber | inhaberin | grunder | grunderin | mitgrunder | mitgrunderin | geschaftsinhaber | eigentumer | eigentumerin | gesellschafter | gesellschafterin | selbstandig
  fondateur | fondatrice | cofondateur | cofondatrice | co fondateur | co fondatrice | proprietaire | associe gerant | auto entrepreneur
  fundador | fundadora | cofundador | cofundadora | co fundador | co fundadora | dueno | duena | propietario | propietaria | socio | socia | socio director | autonomo
  proprietario | proprietaria | socio proprietario | socio gerente | dono | dona | fondatore | fondatrice | cofondatore | cofondatrice | titolare
  oprichter | oprichtster | mede oprichter | medeoprichter | eigenaar | eigenaresse | zelfstandige | dga
`);

export const CHIEFS = terms(`
  ceo | cfo | cto | cio | ciso | cso | cmo | coo | cro | cpo | chro | cdo | cco | cao | clo | cxo | cino | cbo | cpto | caio | chief executive | president | chairman | chairwoman | chairperson | chair of the board
  managing director | md | board member | member of the board | executive chair | general counsel
  geschaftsfuhrer | geschaftsfuhrerin | geschaftsfuhrung | geschaftsfuhrender gesellschafter | geschaftsleitung | geschaftsleiter | geschaftsleiterin | vorstand | vorstandin | ~vorstand | vorstandsvorsitzender | vorstandsvorsitzende | vorstandsmitglied
  pdg | president directeur general | presidente directrice generale | directeur general | directrice generale | gerant | gerante | dsi | daf
  director general | directora general | director ejecutivo | directora ejecutiva | consejero delegado | consejera delegada | gerente general | presidente
  diretor geral | diretora geral | diretor executivo | diretora executiva | diretor presidente | administrador delegado | presidenta
  amministratore delegato | amministratrice delegata | amministratore unico | direttore generale | direttrice generale
  algemeen directeur | statutair directeur | bestuurder | bestuursvoorzitter | directievoorzitter
`);

export const VICE_PRESIDENTS = terms(`
  vp | svp | evp | avp | rvp | gvp | vice president | vicepresident | vizeprasident | vizeprasidentin | vice presidente | vicepresidente | vicepresidenta | vicepresidenza
`);

export const DIRECTORS = terms(`
  director | dir | head | head of | global head | general manager | country manager | chief of staff | dean | principal investigator | prokurist | prokuristin | controller in chief
  direktor | direktorin | leiter | leiterin | leitung | ~leiter | ~leiterin | ~leitung | hauptabteilungsleiter
  directeur | directrice | drh | directora | diretor | diretora | direttore | direttrice | directeurs
`);

/** End in a director's word, lead a small group. */
export const SMALL_LEADERS = terms(`
  teamleiter | teamleiterin | teamleitung | projektleiter | projektleiterin | projektleitung | gruppenleiter | gruppenleiterin | schichtleiter | filialleiter | filialleiterin | marktleiter | bauleiter | abteilungsleiter | abteilungsleiterin | sachgebietsleiter
`);

export const MANAGERS = terms(`
  manager | mgr | managerin | supervisor | team lead | team leader | tech lead | technical lead | teamlead | foreman | superintendent | chief accountant | comptroller | controller
  chef de | cheffe de | responsable | gestionnaire | chef d equipe | gerente | jefe | jefa | encargado | encargada | coordinadora general | gestor | gestora | chefe | supervisora | lider | lider de
  responsabile | capo | caporeparto | quadro | hoofd | teamleider | afdelingshoofd | bedrijfsleider | manager in
`);

export const SENIORS = terms(`
  senior | sr | principal | staff | lead | expert | architect | fellow | distinguished | chief | partner | seniorberater | architekt | confirme | confirmee | expert comptable | architecte | arquitecto | arquitecta | arquiteto | architetto
`);

export const INDIVIDUALS = terms(`
  specialist | analyst | consultant | representative | rep | associate | coordinator | engineer | developer | designer | administrator | officer | advisor | adviser | technician | agent | clerk | accountant | planner | buyer
  recruiter | nurse | teacher | professor | lecturer | scientist | researcher | writer | editor | assistant | executive | strategist | operator | bookkeeper | lawyer | attorney | paralegal | programmer | tester | freelancer | contractor | employee | junior | jr
  mitarbeiter | mitarbeiterin | sachbearbeiter | sachbearbeiterin | referent | referentin | berater | beraterin | ~entwickler | ~entwicklerin | ~ingenieur | ~ingenieurin | kaufmann | kauffrau | ~berater | ~assistent | ~assistentin | techniker | angestellter | angestellte | ~spezialist
  charge de | chargee de | conseiller | conseillere | ingenieur | ingenieure | developpeur | developpeuse | commercial | commerciale | comptable | technicien | technicienne | assistante | employe | employee | juriste
  analista | tecnico | tecnica | ingeniero | ingeniera | desarrollador | desarrolladora | asesor | asesora | ejecutivo | ejecutiva | contador | contadora | coordinador | coordinadora | consultor | consultora | vendedor | vendedora
  engenheiro | engenheira | desenvolvedor | desenvolvedora | coordenador | coordenadora | assessor | assistente | especialista | ingegnere | sviluppatore | sviluppatrice | impiegato | impiegata | consulente | addetto | addetta | specialista
  medewerker | adviseur | ontwikkelaar | boekhouder | vertegenwoordiger | administratief
`);

/** First function with a matching term wins, so the narrow stand above the broad. */
export const FUNCTIONS: readonly (readonly [JobFunction, readonly string[]])[] = [
  [
    "marketing",
    terms(
      `product marketing | marketing operations | marketing analytics | marketing automation | marketing technology | cmo | chief marketing officer`,
    ),
  ],
  [
    "operations",
    terms(
      `sales operations | sales ops | revenue operations | revops | business operations | marketing ops | chief operating officer | coo | chief of staff`,
    ),
  ],
  [
    "security",
    terms(
      `security | ciso | cybersecurity | cyber security | infosec | information security | appsec | soc analyst | it sicherheit | informationssicherheit | securite informatique | seguridad informatica | ciberseguridad | seguranca da informacao | sicurezza informatica | informatiebeveiliging`,
    ),
  ],
  [
    "sales",
    terms(
      `sales engineer | pre sales | presales | solutions engineer | solution engineer | customer engineer | sales enablement | cro | chief revenue officer | chief commercial officer | chief sales officer`,
    ),
  ],
  [
    "it",
    terms(
      `cio | chief information officer | dsi | it | information technology | information systems | sysadmin | system administrator | systems administrator | network engineer | network administrator | helpdesk | help desk | it manager | systemadministrator | edv | informatique | ~informatiker | sistemas | tecnologia da informacao | tecnologias de la informacion | ti | ict | systeembeheerder | sistemi informativi | informatica`,
    ),
  ],
  [
    "data",
    terms(
      `data | cdo | analytics | business intelligence | bi | machine learning | ml | ai | artificial intelligence | statistician | donnees | datos | dados | dati`,
    ),
  ],
  [
    "product",
    terms(
      `product | cpo | chief product officer | product manager | produktmanager | produktmanagerin | produktmanagement | produktleiter | chef de produit | cheffe de produit | producto | produto | prodotto | scrum master`,
    ),
  ],
  [
    "design",
    terms(
      `design | designer | ux | ui | creative | art director | graphic | gestaltung | diseno | disenador | disenadora | grafiker`,
    ),
  ],
  [
    "legal",
    terms(
      `legal | general counsel | counsel | lawyer | attorney | paralegal | solicitor | clo | compliance | privacy | data protection officer | jurist | rechtsabteilung | recht | juridique | juriste | avocat | avocate | abogado | abogada | juridico | advogado | advogada | avvocato | legale | advocaat | juridisch`,
    ),
  ],
  [
    "hr",
    terms(
      `hr | human resources | people | talent | recruiter | recruiting | recruitment | chro | people operations | payroll | personal | personalleiter | personalleiterin | ~personalreferent | ~personalreferentin | personalabteilung | drh | rh | rrhh | ressources humaines | recursos humanos | risorse umane | personeelszaken | hrbp`,
    ),
  ],
  [
    "finance",
    terms(
      `finance | financial | cfo | chief financial officer | accounting | accountant | accounts payable | accounts receivable | controller | comptroller | controlling | treasurer | treasury | tax | audit | auditor | bookkeeper | fp a | investor | banking | finanzen | finanz | ~buchhalter | ~buchhalterin | buchhaltung | finanzleiter | steuer | financier | financiere | comptable | comptabilite | daf | finanzas | financiero | financiera | contable | contabilidad | contador | contadora | financas | financeiro | financeira | finanza | finanziario | contabile | amministrazione e finanza | financien | boekhouder`,
    ),
  ],
  [
    "procurement",
    terms(
      `procurement | purchasing | buyer | sourcing | category manager | einkauf | ~einkaufer | ~einkauferin | einkaufsleiter | achats | acheteur | acheteuse | compras | comprador | compradora | acquisti | inkoop | inkoper`,
    ),
  ],
  [
    "support",
    terms(
      `support | customer success | customer service | customer care | customer experience | client services | csm | service desk | kundenservice | kundendienst | kundenbetreuung | service client | atencion al cliente | soporte | atendimento | suporte | assistenza clienti | klantenservice`,
    ),
  ],
  [
    "marketing",
    terms(
      `marketing | brand | communications | communication | content | seo | sem | growth | demand generation | demand gen | public relations | pr | social media | campaign | events | advertising | ~marketing | kommunikation | marketingleiter | marketingleiterin | mercadeo | mercadotecnia | comunicacion | comunicacao | comunicazione | communicatie`,
    ),
  ],
  [
    "sales",
    terms(
      `sales | account executive | account manager | key account | business development | bdr | sdr | ae | revenue | commercial | territory manager | channel | partnerships | partner manager | alliances | vertrieb | ~vertriebsleiter | ~vertriebsleiterin | verkauf | ~verkaufer | ~verkauferin | ~verkaufsleiter | ~verkaufsleiterin | vertriebsmitarbeiter | aussendienst | vente | ventes | commerciale | developpement commercial | ventas | comercial | vendedor | vendedora | vendas | vendite | commerciale | verkoop | verkoper | accountmanager`,
    ),
  ],
  [
    "engineering",
    terms(
      `engineering | engineer | developer | software | cto | chief technology officer | chief technical officer | devops | sre | site reliability | programmer | architect | technology | technical | tech lead | qa | quality assurance | frontend | backend | full stack | fullstack | platform | hardware | r d engineer | entwicklung | ~entwickler | ~entwicklerin | ~ingenieur | ~ingenieurin | technik | technischer | technische | ingenieur | ingenieure | developpeur | developpeuse | technique | ingeniero | ingeniera | ingenieria | desarrollador | desarrolladora | tecnologia | engenheiro | engenheira | engenharia | desenvolvedor | desenvolvedora | ingegnere | ingegneria | sviluppatore | sviluppatrice | tecnico | tecnica | ontwikkelaar | techniek`,
    ),
  ],
  [
    "research",
    terms(
      `research | researcher | scientist | r d | innovation | laboratory | lab | forschung | recherche | investigacion | pesquisa | ricerca | onderzoek`,
    ),
  ],
  [
    "operations",
    terms(
      `operations | operational | supply chain | logistics | warehouse | manufacturing | production | plant | facilities | facility | project | program | programme | procurement | quality | process | fleet | betrieb | ~betriebsleiter | logistik | produktion | produktionsleiter | operaciones | logistica | produccion | operacoes | producao | operazioni | produzione | exploitation | operationnel | projet | proyecto | proyectos | projeto | projetos | projektleiter | projektleiterin | projektleitung | operationeel | logistiek`,
    ),
  ],
  [
    "education",
    terms(
      `teacher | professor | lecturer | dean | instructor | education | training | trainer | faculty | lehrer | lehrerin | dozent | dozentin | enseignant | enseignante | profesor | profesora | docente | maestro | maestra | insegnante | docent`,
    ),
  ],
  [
    "health",
    terms(
      `physician | nurse | clinical | doctor | pharmacist | medical | therapist | dentist | arzt | arztin | pflege | medecin | infirmier | infirmiere | medico | medica | enfermera | enfermero | verpleegkundige`,
    ),
  ],
  [
    "consulting",
    terms(
      `consultant | consulting | advisory | advisor | adviser | berater | beraterin | beratung | ~berater | conseil | consultor | consultora | consulente | adviseur`,
    ),
  ],
];

/** Ranks that are a function of their own where the title names no other. */
export const EXECUTIVE_RANKS: ReadonlySet<Seniority> = new Set<Seniority>(["owner", "c_level"]);
