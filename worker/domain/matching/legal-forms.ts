// Legal forms of companies, as they end or begin a name. Written without spaces or dots, since both vary: "S. p. A.",
// "S.p.A." and "SpA" are all "spa". Conjunctions are already gone ("gmbhcokg"). Data only.

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** At the end of a name, repeatedly: "Acme Co., Ltd." loses both. */
export const LEGAL_SUFFIXES: ReadonlySet<string> = words(`
  inc incorporated corp corporation co company companies ltd limited llc lc lllp llp lp plc pllc pbc dba ulc ltda ltee limitee incorporee
  limitedliabilitycompany limitedpartnership limitedliabilitypartnership publiclimitedcompany privatelimited pvt pvtltd private cic cio
  pty ptyltd proprietary proprietarylimited sdn sdnbhd bhd berhad pte pteltd tbk persero
  gmbh ggmbh mbh gesellschaftmbh gesmbh gesellschaftmitbeschrankterhaftung ag aktiengesellschaft kg kgaa ohg ohg gbr ug ughaftungsbeschrankt haftungsbeschrankt
  gmbhcokg gmbhcokgaa gmbhcoohg gmbhcie agcokg ugcokg secokg cokg cokgaa ek ekfm ekfr ev eg eingetragenerverein eingetragenekauffrau eingetragenerkaufmann stiftungcokg se eeig ewiv partg partgmbb
  sa sas sasu sarl sarlu eurl sci scs sca snc scop selarl gie societeanonyme societeparactionssimplifiee societearesponsabilitelimitee etcie etfils fils cie compagnie asbl aisbl
  sl slu sll sau saa sociedadanonima sociedadlimitada scoop scooplimitada scp sc sadecv sapidecv sapi sab sabdecv srldecv sderl sderldecv scde rl decv eirl spas sacifia sacifi sacif sacyf saic saicf cia ciaanonima ca
  ltdame eireli epp mei sociedadeanonima limitada lda unipessoal unipessoallda sgps
  spa srl srls srlu sapa snc ss scarl scrl soccoop societacooperativa societaperazioni societaaresponsabilitalimitata onlus
  nv bv bvba naamlozevennootschap beslotenvennootschap vof cv cvba vzw sprl coopua coopba ua ivzw cooperatie
  ab abpubl publ aktiebolag hb kb handelsbolag kommanditbolag ekonomiskforening oy oyj oyab osakeyhtio ky ay tmi
  as asa aps ivs is ks ans da ba enk aksjeselskap aktieselskab anpartsselskab amba fmba hf ehf sf ohf
  spzoo spzook spzooskspj spzooska sa spolkazoo spolkaakcyjna spolkazograniczonaodpowiedzialnoscia sp spk spj ska sk psa zoo
  sro spolsro akciovaspolecnost akciovaspolocnost as vos ks kft bt zrt nyrt rt korlatoltfelelossegutarsasag doo dd jdoo ad ead eood ood et srlro pfa
  uab mb ab sia ou oue tou fie oue tov tzov vat pat prat
  ooo zao oao pao ao ojsc cjsc pjsc jsc obschestvosogranichennoyotvetstvennostyu ип ооо зао оао пао ао тов ват пат прат чп нпо гуп муп
  αε αβεε επε οε εε ικε ae abee epe ike
  as anonimsirketi limitedsirketi ltdsti sti sanvetic sanvetictas sanayiticaret tas vetic
  kk kabushikikaisha kabushikigaisha godokaisha yugenkaisha gk yk coltd coinc cltd
  jsccompany wll spc bsc bscc saog saoc kscc kscp ksc qsc qpsc psc fze fzco fzllc fzc dmcc sal sarlau
  pt perum pcl publiccompanylimited coltdpublic ctcp tnhh jointstockcompany congtytnhh congtycophan
  publicjointstockcompany openjointstockcompany closedjointstockcompany privatejointstockcompany jointstock publicjointstock joinstockcompany limitedbyguarantee limitedbyshares
  unlimited unltd ptylimited privatelimitedcompany publiclimited incltd coltda corpltd
  sociedadanonimadecapitalvariable sociedadderesponsabilidadlimitada sociedadporaccionessimplificada sociedadanonimacerrada sociedadanonimaabierta comanditaporacciones
  societeparactionssimplifieeunipersonnelle entrepriseunipersonnelle entrepriseindividuelle societecivile societeencommandite societeennomcollectif
  sociedadelimitada sociedadeanonimaaberta empresaindividual societasemplice societainnomecollettivo impresaindividuale
  beslotenvennootschapmetbeperkteaansprakelijkheid naamlozevennootschapnv stichting vereniging commanditairevennootschap
  aktsiaselts osauhing akcijusabiedriba sabiedribaarierobezotuatbildibu uzdarojiakcinebendrove akcinebendrove dionickodrustvo drustvosogranicenomodgovornoscu
  spolecnostsrucenimomezenym spolocnostsrucenimobmedzenym verejnaobchodnaspolocnost zartkoruenmukodoreszvenytarsasag nyilvanosanmukodoreszvenytarsasag reszvenytarsasag
  spolkazograniczonaodpowiedzialnosciaspolkakomandytowa spolkakomandytowa spolkajawna societatecuraspunderelimitata societatepeactiuni
  anonimortakligi aoartakligi kollektifsirketi komanditsirketi perseroanterbatas sendirianberhad publjsc hlutafelag einkahlutafelag
  aktiebolagetpubl allmennaksjeselskap andelslag julkinenosakeyhtio kommandiittiyhtio yleishyodyllinen
  einzelunternehmen offenehandelsgesellschaft kommanditgesellschaft gesellschaftburgerlichenrechts eingetragenegenossenschaft unternehmergesellschaft
`);

/** At the beginning of a name. Shorter than the list above: "SA Power", "SC Johnson" and "AS Roma" keep theirs. */
export const LEGAL_PREFIXES: ReadonlySet<string> = words(`
  ooo zao oao pao ооо зао оао пао ао тов ип чп пат прат tov pat prat jsc ojsc cjsc pjsc llc pt cv ud uab sia ab oy ou
  sarl eurl sasu firma fa ets etablissements ste gmbh congtytnhh congtycophan ctcp cong
`);

/** Glued to the name without a space in Chinese, Japanese and Korean; longest first. */
export const CJK_FORMS: readonly string[] = (
  "股份有限公司 有限責任公司 有限责任公司 集团股份有限公司 控股有限公司 特定非営利活動法人 一般社団法人 公益社団法人 一般財団法人 公益財団法人 株式会社 株式會社 " +
  "有限会社 合同会社 合資会社 合名会社 有限公司 (株) (有) (合) 주식회사 유한회사 유한책임회사 (주) (유)"
)
  .split(" ")
  .sort((a, b) => b.length - a.length);

/** Written out, they are mistyped like any word; short forms are not ("inc" is a letter from "ink"). */
export const LONG_FORMS: readonly string[] =
  "limited incorporated corporation company private aktiengesellschaft gesellschaft aktiebolag".split(" ");
