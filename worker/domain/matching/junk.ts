// Is this the name of a company at all? What people type to get past a required field never matches anything.

import { plainLetters } from "./letters.ts";

const PLACEHOLDERS = new Set(
  (
    "test,tests,testing,tester,test test,test company,company test,test inc,testco,demo,demo company,example,example company,sample,dummy,foo,bar,foo bar,foobar,asdf,asdfasdf,asdfgh,asd,qwe," +
    "qwerty,qwertz,azerty,zxcv,zxcvbn,abc,abcd,abc company,xyz,xyz company,n a,na,none,no,nil,null,nul,undefined,nan,nothing,no company,not applicable,not available,no business,no organization," +
    "unknown,tbd,tba,later,other,others,private,personal,individual,self,me,myself,my self,mine,my company,my business,my own company,our company,own,own company,own business,the company,company," +
    "company name,your company,business,firma,firm,organization,organisation,inc,llc,ltd,gmbh,self employed,selfemployed,freelance,freelancer,sole trader,unemployed,retired,student,home,house," +
    "independent,independent contractor,contractor,consultant,startup,stealth,stealth startup,stealth mode,stealth company,confidential,hidden,anonymous,secret,privat,privatperson,keine,keine angabe,k a,nicht vorhanden," +
    "selbststandig,selbstandig,freiberufler,aucune,aucun,sans,particulier,independant,ninguna,ninguno,sin empresa,nenhuma,nenhum,nessuna,nessuno,geen,zzp,x,xx,xxx,xxxx,aaa,aaaa,a,hello,hi,yes,ok,it," +
    "нет,тест,частное лицо,физическое лицо,самозанятый,ип,ооо,немає,لا يوجد,تجربه,شركه,لا شيء,אין,בדיקה,חברה,פרטי,नहीं,कोई नहीं,ไม่มี,ทดสอบ,บริษัท,无,無,没有,沒有,测试,測試,个人,個人,公司,有限公司," +
    "自由职业,学生,なし,無し,テスト,会社,株式会社,フリーランス,個人事業主,自営業,없음,없어요,테스트,회사,주식회사,개인,프리랜서,무직,학생"
  )
    .split(",")
    .map(plainLetters),
);

/** One character over and over, and runs along a keyboard row ("sdfgh"). */
const REPEATED = /^(.)\1*$/u;
const KEY_RUNS = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklm"];

const KEY_UNITS = KEY_RUNS.map((run) => run.slice(0, 4));

/** Takes the name in plain letters, words separated by single spaces. */
export function isJunkName(words: string): boolean {
  if (words === "" || PLACEHOLDERS.has(words)) return true;
  const solid = words.replaceAll(" ", "");
  if ((REPEATED.test(solid) && solid.length !== 2) || /^\d{6,}$/.test(solid)) return true;
  const isRun = solid.length >= 4 && solid.length <= 13 && KEY_RUNS.some((run) => run.includes(solid));
  return isRun || KEY_UNITS.some((unit) => isRepeatOf(solid, unit));
}

/** "asdfasdfas" */
function isRepeatOf(text: string, unit: string): boolean {
  return text.startsWith(unit) && text.length >= 6 && text.length < 60 && unit.repeat(16).startsWith(text);
}
