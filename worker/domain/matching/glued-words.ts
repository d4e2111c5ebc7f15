// Chinese, Japanese and Korean write a firm's place, name and trade without spaces ("北京字节科技"). General words at either end
// are set apart, so that they weigh what such words weigh in other languages. Vocabulary only; what is left is the name.

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

export const GLUED_STRUCTURE = list(
  "集团 集團 控股 グループ ホールディングス ホールディング 그룹 홀딩스 지주",
);

export const GLUED_TRADES = list(`
  科技 技术 技術 信息 资讯 資訊 网络 網絡 網路 电子 電子 软件 軟件 軟體 实业 實業 贸易 貿易 商贸 银行 銀行 保险 保險 保険 证券 證券 証券 投资 投資 基金 金融
  汽车 汽車 自動車 电器 電器 電機 電気 电气 电力 電力 能源 石油 天然气 化工 化学 化學 制药 製薬 医药 医療 医疗 生物 食品 物流 运输 運輸 航空 地产 房地产 不動産
  建设 建設 建筑 工程 机械 機械 工业 工業 产业 産業 重工 重工業 商事 物産 製作所 通信 通讯 电信 传媒 文化 教育 咨询 諮詢 管理 服务 服務 大学 医院 病院 研究所
  ソフトウェア サービス システム システムズ テクノロジー テクノロジーズ ソリューション ソリューションズ 전자 은행 보험 건설 산업 화학 자동차 중공업 생명 화재 증권 물산 통신 제약 식품 상사
  기술 시스템 테크놀로지 소프트웨어 대학교 병원
`);

export const GLUED_PLACES = list(`
  中国 中國 中华 中華 北京 上海 深圳 广州 廣州 天津 重庆 重慶 杭州 南京 武汉 武漢 成都 苏州 西安 青岛 大连 厦门 宁波 江苏 浙江 广东 廣東 山东 福建 湖南 湖北 河南 河北 四川 安徽
  辽宁 陕西 香港 澳门 澳門 台湾 臺灣 台北 日本 東京 大阪 名古屋 京都 福岡 札幌 韩国 韓国 韓國 アジア アメリカ 한국 대한 서울 부산 대구 인천
`);

const CONCERNED = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/;
/** What is left must be able to be a name. */
const LEAST = 2;

const longestFirst = (words: readonly string[]): readonly string[] =>
  [...words].sort((a, b) => b.length - a.length);
const ENDS = longestFirst([...GLUED_STRUCTURE, ...GLUED_TRADES]);
const BEGINNINGS = longestFirst(GLUED_PLACES);

/** The word as it is, or its parts in order. */
export function unglued(word: string): string[] {
  if (word.length <= LEAST || !CONCERNED.test(word)) return [word];
  let rest = word;
  const after: string[] = [];
  for (let end = endOf(rest); end !== undefined; end = endOf(rest)) {
    after.unshift(end);
    rest = rest.slice(0, -end.length);
  }
  const place = BEGINNINGS.find((each) => rest.startsWith(each) && rest.length >= each.length + LEAST);
  return place === undefined ? [rest, ...after] : [place, rest.slice(place.length), ...after];
}

const endOf = (word: string): string | undefined =>
  ENDS.find((each) => word.endsWith(each) && word.length >= each.length + LEAST);

/** How much a word's letters say, in Latin letters: a Han character is a word of its own, a syllable two or three letters. */
export function lettersIn(word: string): number {
  if (!CONCERNED.test(word)) return word.length;
  let letters = 0;
  for (const letter of word) letters += /[\u3400-\u9fff]/.test(letter) ? 3 : CONCERNED.test(letter) ? 2 : 1;
  return letters;
}
