// Legal forms of companies, as they end or begin a name. Written without spaces or dots, since both vary: "S. p. A.",
// "S.p.A." and "SpA" are all "spa". Conjunctions are already gone ("gmbhcokg"). Data only.

import { plainLetters } from "./letters.ts";

const words = (text: string, more: readonly string[] = []): ReadonlySet<string> =>
  new Set([...plainLetters(text).trim().split(/\s+/), ...more]);

/** Glued to the name without a space, before or after it, in Chinese, Japanese, Korean and Thai; longest first. */
export const GLUED_FORMS: readonly string[] = plainLetters(
  "股份有限公司 有限責任公司 有限责任公司 责任有限公司 股份公司 有限公司 無限公司 无限公司 兩合公司 两合公司 總公司 总公司 公司 有限合伙 (有限合伙) 有限合夥 " +
    "株式会社 株式會社 有限会社 合同会社 合資会社 合名会社 相互会社 (株) (有) (合) (資) (名) (同) 特定非営利活動法人 一般社団法人 公益社団法人 一般財団法人 公益財団法人 " +
    "医療法人社団 医療法人財団 医療法人 社会福祉法人 学校法人 独立行政法人 国立大学法人 有限責任監査法人 監査法人 税理士法人 弁護士法人 " +
    "주식회사 유한회사 유한책임회사 합자회사 합명회사 농업회사법인 재단법인 사단법인 의료법인 학교법인 (주) (유) (사) (재) " +
    "บริษัทจำกัด บริษัท จำกัดมหาชน จำกัด(มหาชน) (มหาชน) มหาชน จำกัด บจก บมจ หจก ห้างหุ้นส่วนจำกัด ห้างหุ้นส่วนสามัญ ห้างหุ้นส่วน",
)
  .split(" ")
  .sort((a, b) => b.length - a.length);

/** At the end of a name, repeatedly: "Acme Co., Ltd." loses both. */
export const LEGAL_SUFFIXES: ReadonlySet<string> = words(
  `
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
  ذمم شمم شمع شمك شمق شمب شمل شمعم المحدودة محدودة ذاتمسؤوليةمحدودة ذاتالمسؤوليةالمحدودة ليمتد المساهمة مساهمة مساهمةعامة المساهمةالعامة سهامیخاص سهامیعام
  בעמ בערבוןמוגבל ער חלצ
  लिमिटेड लि प्राइवेटलिमिटेड प्राइवेट प्रा प्रालि कंपनी कम्पनी कॉर्पोरेशन एलएलपी লিমিটেড প্রাইভেট লিঃ লি ਲਿਮਿਟਡ લિમિટેડ પ્રાઇવેટ லிமிடெட் பிரைவேட் లిమిటెడ్ ప్రైవేట్ ಲಿಮಿಟೆಡ್ ಪ್ರೈವೇಟ್ ലിമിറ്റഡ് പ്രൈവറ്റ്
  սպը փբը բբը  ооо оод еоод ад еад доо ад дооел сп тдв пп фоп жшс тоо ақ
  ανωνυμηεταιρεια ανωνυμοςεταιρεια εταιρειαπεριορισμενηςευθυνης ιδιωτικηκεφαλαιουχικηεταιρεια ομορρυθμηεταιρεια ετερορρυθμηεταιρεια
  og gesbr keg egbr genossenschaft gmbhucokg gmbhucokgaa vvag aor kdor gug ggug invag agcoohg seco gmbhil gmbhigr agil kgil
  inliquidation inliquidazione enliquidacion enliquidation ingrundung inauflosung ila inliq inliquidatie
  sce sicav sicar sasdecv sofom sofomenr enr ltdaepp ltdamei dd kd dno jtd vsi zs ekfor nuf srld monoprosopi monoprosopiike monoprosopiepe
  santic santicltdsti ticltdsti santicas ticas bscclosed establishment npc socltd opc smc smcprivate smcpvt fsb l3c senc sencrl dac designatedactivitycompany clg teoranta cyf cyfyngedig
  sarls scsp secs scic selas selasu selurl suarl gaec chusikhoesa jusikhoesa mchj osoo осоо shpk sha saesp sociedadcooperativa slp slne
  scpa scparl societabenefit unipersonale sociounico asociounico socioneunico inamministrazionestraordinaria bvio commv gcv maatschap sae nigltd
  publiccompany sac dooel soccooparl sarldassocieunique kfr kfm gmbhgr mbb partnerschaft partnerschaftmbb partnerschaftsgesellschaft
  partnerschaftsgesellschaftmbb teo
  einzelunternehmen offenehandelsgesellschaft kommanditgesellschaft gesellschaftburgerlichenrechts eingetragenegenossenschaft unternehmergesellschaft
`,
  GLUED_FORMS,
);

/** Forms only with their dots: without them they are a region or another word ("e.U." of Austria, EU). */
export const DOTTED_FORM =
  /(?<!(?:^|[ .,])[a-z]\.?)[ ,](?:e\. ?u|n\. ?a|n\. ?l|p\. ?a|p\. ?c|a\. ?c|i\. ?l|s\. ?b|c\. ?c)\.?$/;

/** At the beginning of a name. Shorter than the list above: "SA Power", "SC Johnson" and "AS Roma" keep theirs. */
export const LEGAL_PREFIXES: ReadonlySet<string> = words(`
  ooo zao oao pao ооо зао оао пао ао тов ип чп пат прат tov pat prat jsc ojsc cjsc pjsc llc pt cv ud uab sia ab oy ou
  sarl eurl sasu gaec firma fa ets etablissements ste gmbh stichting vereniging cooperatie aktiebolaget kommanditbolaget handelsbolaget
  kabushikikaisha kabushikigaisha godokaisha yugenkaisha chusikhoesa jusikhoesa osoo осоо perum congty congtytnhh congtytnhhmtv congtytnhhmotthanhvien congtycophan congtycp ctcp
  شركة مؤسسة شرکت חברת חברה შპს სს სპს սպը փբը բբը
  обществосограниченнойответственностью акционерноеобщество публичноеакционерноеобщество закрытоеакционерноеобщество открытоеакционерноеобщество
  непубличноеакционерноеобщество индивидуальныйпредприниматель товариствозобмеженоювідповідальністю акціонернетовариство приватнеакціонернетовариство
  приватнепідприємство фізичнаособапідприємець дочірнєпідприємство жшс тоо ао пп фоп дп зат
`);

/** They end the name wherever they stand in it: words of nothing else, unlike "limited", "spa" or "ag". */
export const ENDING_FORMS: ReadonlySet<string> = words(`
  gmbh ggmbh ltd llc inc plc bv bvba sro srl srls sarl eurl sncdi sasdi doo dooel jdoo kft zrt nyrt spzoo ood eood aps ehf sdnbhd pteltd
  ptyltd pvtltd coltd ооо оод еоод тов anonimsirketi publiccompany publiccompanylimited jointstockcompany publicjointstockcompany
  aktiengesellschaft incorporated privatelimited inh inhaber inhaberin
`);
/** Words that such a form takes, glued ("d o o", "s n c di"). */
export const LONGEST_ENDING = 4;

/** Words that a form at the beginning takes, glued ("Общество с ограниченной ответственностью"). */
export const LONGEST_PREFIX = 6;

/** Written out, they are mistyped like any word; short forms are not ("inc" is a letter from "ink"). */
export const LONG_FORMS: readonly string[] =
  "limited incorporated corporation company private aktiengesellschaft gesellschaft aktiebolag".split(" ");
