// Is this the name of a company at all? What people type to get past a required field never matches anything.

import { plainLetters } from "./letters.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const PLACEHOLDERS = new Set(
  (
    "test,tests,testing,tester,test test,test company,company test,test inc,testco,demo,demo company,example,example company,sample,dummy,foo,bar,foo bar,foobar,asdf,asdfasdf,asdfgh,asd,qwe," +
    "qwerty,qwertz,azerty,zxcv,zxcvbn,abc,abcd,abc 123,abc company,xyz,xyz company,n a,na,none,no,nil,null,nul,undefined,nan,nothing,no company,not applicable,not available,no business,no organization," +
    "unknown,tbd,tba,later,other,others,private,personal,individual,self,me,myself,my self,mine,my company,my business,my own company,our company,own,own company,own business,the company,company," +
    "company name,your company,business,firma,firm,organization,organisation,inc,llc,ltd,gmbh,self employed,selfemployed,freelance,freelancer,sole trader,unemployed,retired,student,home,house," +
    "independent,independent contractor,contractor,consultant,solopreneur,entrepreneur,owner,business owner,founder,ceo,job seeker,between jobs,looking for work,looking for a job,not disclosed,prefer not to say,rather not say,none of your business," +
    "tbc,to be determined,pending,no tengo,ka,not yet,email,first last,john doe,jane doe,company inc,example inc,sample company,company name here,firmenname,nom de lentreprise,looking for job,individual investor,homemaker,manager,admin,user,in stealth,stealth mode startup,sole proprietor,blah,blabla,bla bla,lorem ipsum,no name,enter company,company xyz,company abc,startup,stealth,stealth startup,stealth mode,stealth company,confidential,hidden,anonymous,secret,privat,privatperson,keine,keine angabe,k a,nicht vorhanden," +
    "selbststandig,selbstandig,freiberufler,aucune,aucun,sans,particulier,independant,ninguna,ninguno,sin empresa,nenhuma,nenhum,nessuna,nessuno,geen,zzp,empresa,mi empresa,minha empresa,azienda,la mia azienda,entreprise,mon entreprise,societe,ma societe,unternehmen,meine firma,mein unternehmen,bedrijf,mijn bedrijf,moja firma,x,xx,xxx,xxxx,aaa,aaaa,a,hello,hi,yes,ok,it," +
    "нет,тест,компания,моя компания,нет компании,без компании,暂无,没有公司,無公司,无公司,特になし,частное лицо,физическое лицо,самозанятый,ип,ооо,немає,لا يوجد,تجربه,شركه,لا شيء,אין,בדיקה,חברה,פרטי,नहीं,कोई नहीं,ไม่มี,ทดสอบ,บริษัท,无,無,没有,沒有,测试,測試,个人,個人,公司,有限公司," +
    "自由职业,学生,なし,無し,テスト,会社,株式会社,フリーランス,個人事業主,自営業,없음,없어요,테스트,회사,주식회사,개인,프리랜서,무직,학생"
  )
    .split(",")
    .map(plainLetters),
);

/** "mycompany" */
const GLUED = new Set(
  [...PLACEHOLDERS].map((each) => each.replaceAll(" ", "")).filter((each) => each.length >= 6),
);

/**
 * Of these words alone, in any order and number, nobody's name is made: at least one that says so, the rest filling. "I don't
 * have a company", "freelance, self employed".
 */
const TELLING = words(
  `no none nothing null nil undefined unknown undisclosed anonymous confidential unemployed retired freelance freelancer freelancing
  selfemployed employed student dont havent personal private myself me my own
  keine kein ohne freiberuflich selbststandig selbstandig privat aucune aucun sans ninguna ninguno ningun nenhuma nessuna geen nope nein`,
);
const FILLING = words(
  `a an the i am is it at of for in or and to any n not yet now currently here just only have has one use user person individual self
  company companies business businesses firm organization organisation employer name
  firma unternehmen angabe angaben societe entreprise empresa azienda bedrijf`,
);
/** With a legal form it is still a trial; "Freelancer Limited" is a company. */
const TRIALS = words("test tests testing tester demo dummy fake");
const FORMS = words("inc llc ltd limited gmbh corp co ag sa bv srl");

/** Firms of such words. Whole names only: "test user" and "demo user" are what people type into a required field. */
const REAL = new Set(["user testing", "test it", "testing it"]);

const isMadeUp = (name: string): boolean => {
  const all = name.split(" ");
  const isTrial = all.some((word) => TRIALS.has(word));
  if (isTrial && REAL.has(all.filter((word) => !FORMS.has(word)).join(" "))) return false;
  const isEmpty = (word: string): boolean =>
    TELLING.has(word) || FILLING.has(word) || TRIALS.has(word) || (isTrial && FORMS.has(word));
  return (isTrial || all.some((word) => TELLING.has(word))) && all.every(isEmpty);
};

/** One character over and over, and runs along a keyboard row ("sdfgh"), once or again and again ("asdasd"). */
const REPEATED = /^(.)\1*$/u;
const KEY_RUNS = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklm"];
const SHORTEST_RUN = 3;
const LONGEST_RUN = 13;

const isRun = (text: string): boolean => KEY_RUNS.some((run) => run.includes(text));

/** "ABC 7" and "JKL 2" are names: three letters are only typed at random where a row of the keyboard begins. */
const isLongRun = (text: string): boolean =>
  isRun(text) && (text.length > SHORTEST_RUN || /^(?:qwe|asd|zxc)$/.test(text));

/** Takes the name in plain letters, words separated by single spaces. */
export function isJunkName(words: string): boolean {
  if (words === "" || PLACEHOLDERS.has(words) || isMadeUp(words)) return true;
  const solid = words.replaceAll(" ", "");
  if (GLUED.has(solid)) return true;
  if ((REPEATED.test(solid) && solid.length !== 2) || /^\d{6,}$/.test(solid)) return true;
  // "test 2", "asd123"
  const bare = solid.replace(/\d+$/, "");
  if (bare !== solid && bare.length >= SHORTEST_RUN && (TRIALS.has(bare) || isLongRun(bare))) return true;
  return isTyped(solid);
}

const isTyped = (solid: string): boolean =>
  (solid.length > SHORTEST_RUN && solid.length <= LONGEST_RUN && isRun(solid)) || isRunAgain(solid);

/** "asdfasdfas", "sdfsdf": three or four keys in a row, and again, the last time perhaps not to the end. */
function isRunAgain(text: string): boolean {
  if (text.length < 2 * SHORTEST_RUN || text.length >= 60) return false;
  return [3, 4].some((length) => {
    const unit = text.slice(0, length);
    return isRun(unit) && unit.repeat(Math.ceil(text.length / length)).startsWith(text);
  });
}
