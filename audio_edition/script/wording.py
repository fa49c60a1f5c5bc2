"""What the program itself says, by language: what a picture or table is, and the opening, contents and end of an issue.

Where a language is not here, structure goes unannounced, and issues are announced in English.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from audio_edition.model import Role


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language. `around` says what goes before and behind the text of a role, `by` what goes before a
    name that stands alone as a byline; templates have their fields in braces. Pairs are for one, and for any other
    number."""

    around: dict[Role, tuple[str, str]]
    by: str
    end_of_table: str
    notes: str
    contents: str
    numbers: str
    articles: tuple[str, str]
    minutes: tuple[str, str]
    voice: str
    end: str
    date: str
    months: str = ""

    def count(self, words: tuple[str, str], number: int) -> str:
        """The number with what it counts."""
        return words[number != 1].format(number=number)

    def day(self, iso_date: str) -> str:
        """An ISO 8601 date in words; as it is where it is none."""
        try:
            date = datetime.date.fromisoformat(iso_date)
        except ValueError:
            return iso_date
        month = self.months.split()[date.month - 1] if self.months else date.month
        return self.date.format(day=date.day, month=month, year=date.year)


def wording(language: str) -> Wording | None:
    """The words of a language by its BCP 47 tag, none where they are not known."""
    return _WORDINGS.get(language.partition("-")[0].lower())


def _around(
    picture: str, caption: str, table: str, formula: str, *pairs: tuple[str, str]
) -> dict[Role, tuple[str, str]]:
    code, note, quote = pairs
    return {
        "picture": (picture, ""), "caption": (caption, ""), "table header": (table, ""), "formula": (formula, ""),
        "code": code, "note": note, "quote": quote,
    }  # fmt: skip


_WORDINGS = {
    "ar": Wording(
        _around(
            "صورة: ",
            "تعليق: ",
            "جدول. الأعمدة: ",
            "صيغة: ",
            ("شيفرة: ", "نهاية الشيفرة."),
            ("ملاحظة: ", "نهاية الملاحظة."),
            ("اقتباس: ", "نهاية الاقتباس."),
        ),
        by="بقلم ",
        end_of_table="نهاية الجدول.",
        notes="ملاحظات",
        contents="المحتويات",
        numbers="الأرقام هي أرقام المقاطع الصوتية.",
        articles=("عدد المقالات: {number}", "عدد المقالات: {number}"),
        minutes=("المدة بالدقائق: نحو {number}", "المدة بالدقائق: نحو {number}"),
        voice="بصوت اصطناعي.",
        end="نهاية: {title}.",
        date="{day} {month} {year}",
        months="يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    ),
    "de": Wording(
        _around(
            "Bild: ",
            "Bildunterschrift: ",
            "Tabelle. Spalten: ",
            "Formel: ",
            ("Code: ", "Ende des Codes."),
            ("Anmerkung: ", "Ende der Anmerkung."),
            ("Zitat: ", "Ende des Zitats."),
        ),
        by="Von ",
        end_of_table="Ende der Tabelle.",
        notes="Anmerkungen",
        contents="Inhalt",
        numbers="Die Nummern sind die der Tonspuren.",
        articles=("{number} Artikel", "{number} Artikel"),
        minutes=("etwa {number} Minute", "etwa {number} Minuten"),
        voice="Gelesen von einer synthetischen Stimme.",
        end="Ende: {title}.",
        date="{day}. {month} {year}",
        months="Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    ),
    "en": Wording(
        _around(
            "Picture: ",
            "Caption: ",
            "Table. Columns: ",
            "Formula: ",
            ("Code: ", "End of code."),
            ("Note: ", "End of note."),
            ("Quote: ", "End of quote."),
        ),
        by="By ",
        end_of_table="End of table.",
        notes="Notes",
        contents="Contents",
        numbers="The numbers are those of the tracks.",
        articles=("{number} article", "{number} articles"),
        minutes=("about {number} minute", "about {number} minutes"),
        voice="Read by a synthetic voice.",
        end="End of {title}.",
        date="{day} {month} {year}",
        months="January February March April May June July August September October November December",
    ),
    "es": Wording(
        _around(
            "Imagen: ",
            "Pie de foto: ",
            "Tabla. Columnas: ",
            "Fórmula: ",
            ("Código: ", "Fin del código."),
            ("Nota: ", "Fin de la nota."),
            ("Cita: ", "Fin de la cita."),
        ),
        by="Por ",
        end_of_table="Fin de la tabla.",
        notes="Notas",
        contents="Contenido",
        numbers="Los números son los de las pistas.",
        articles=("{number} artículo", "{number} artículos"),
        minutes=("aproximadamente {number} minuto", "aproximadamente {number} minutos"),
        voice="Leído por una voz sintética.",
        end="Fin de {title}.",
        date="{day} de {month} de {year}",
        months="enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    ),
    "fr": Wording(
        _around(
            "Image : ",
            "Légende : ",
            "Tableau. Colonnes : ",
            "Formule : ",
            ("Code : ", "Fin du code."),
            ("Note : ", "Fin de la note."),
            ("Citation : ", "Fin de la citation."),
        ),
        by="Par ",
        end_of_table="Fin du tableau.",
        notes="Notes",
        contents="Sommaire",
        numbers="Les numéros sont ceux des pistes.",
        articles=("{number} article", "{number} articles"),
        minutes=("environ {number} minute", "environ {number} minutes"),
        voice="Lu par une voix de synthèse.",
        end="Fin de {title}.",
        date="{day} {month} {year}",
        months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    ),
    "hi": Wording(
        _around(
            "चित्र: ",
            "शीर्षक: ",
            "तालिका। स्तंभ: ",
            "सूत्र: ",
            ("कोड: ", "कोड समाप्त।"),
            ("टिप्पणी: ", "टिप्पणी समाप्त।"),
            ("उद्धरण: ", "उद्धरण समाप्त।"),
        ),
        by="लेखक: ",
        end_of_table="तालिका समाप्त।",
        notes="टिप्पणियाँ",
        contents="विषय सूची",
        numbers="संख्याएँ ट्रैक की हैं।",
        articles=("लेख: {number}", "लेख: {number}"),
        minutes=("लगभग {number} मिनट", "लगभग {number} मिनट"),
        voice="कृत्रिम आवाज़ में।",
        end="समाप्त: {title}।",
        date="{day} {month} {year}",
        months="जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    ),
    "it": Wording(
        _around(
            "Immagine: ",
            "Didascalia: ",
            "Tabella. Colonne: ",
            "Formula: ",
            ("Codice: ", "Fine del codice."),
            ("Nota: ", "Fine della nota."),
            ("Citazione: ", "Fine della citazione."),
        ),
        by="Di ",
        end_of_table="Fine della tabella.",
        notes="Note",
        contents="Sommario",
        numbers="I numeri sono quelli delle tracce.",
        articles=("{number} articolo", "{number} articoli"),
        minutes=("circa {number} minuto", "circa {number} minuti"),
        voice="Letto da una voce sintetica.",
        end="Fine di {title}.",
        date="{day} {month} {year}",
        months="gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    ),
    "pt": Wording(
        _around(
            "Imagem: ",
            "Legenda: ",
            "Tabela. Colunas: ",
            "Fórmula: ",
            ("Código: ", "Fim do código."),
            ("Nota: ", "Fim da nota."),
            ("Citação: ", "Fim da citação."),
        ),
        by="Por ",
        end_of_table="Fim da tabela.",
        notes="Notas",
        contents="Sumário",
        numbers="Os números são os das faixas.",
        articles=("{number} artigo", "{number} artigos"),
        minutes=("cerca de {number} minuto", "cerca de {number} minutos"),
        voice="Lido por uma voz sintética.",
        end="Fim de {title}.",
        date="{day} de {month} de {year}",
        months="janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    ),
    "ru": Wording(
        _around(
            "Изображение: ",
            "Подпись: ",
            "Таблица. Столбцы: ",
            "Формула: ",
            ("Код: ", "Конец кода."),
            ("Примечание: ", "Конец примечания."),
            ("Цитата: ", "Конец цитаты."),
        ),
        by="Автор: ",
        end_of_table="Конец таблицы.",
        notes="Примечания",
        contents="Содержание",
        numbers="Номера — это номера дорожек.",
        articles=("Статей: {number}", "Статей: {number}"),
        minutes=("минут: около {number}", "минут: около {number}"),
        voice="Читает синтетический голос.",
        end="Конец: {title}.",
        date="{day} {month} {year} года",
        months="января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    ),
    "zh": Wording(
        _around(
            "图片：",
            "说明：",
            "表格。各列：",
            "公式：",
            ("代码：", "代码结束。"),
            ("注：", "注释结束。"),
            ("引文：", "引文结束。"),
        ),
        by="作者：",
        end_of_table="表格结束。",
        notes="注释",
        contents="目录",
        numbers="编号就是音轨编号。",
        articles=("共{number}篇文章", "共{number}篇文章"),
        minutes=("约{number}分钟", "约{number}分钟"),
        voice="由合成语音朗读。",
        end="{title}，结束。",
        date="{year}年{month}月{day}日",
    ),
}

ENGLISH = _WORDINGS["en"]
