"""Nationalities, peoples, religions and parties: Presidio's NRP, a nationality, religious or
political group.

What they tell of a person is a special category of data (GDPR art. 9). Words that mean other things
as often ("Orange", "Progressive", "Shaker") are left out; a place's own name is a LOCATION, and so
no part of this.
"""

from __future__ import annotations

from redactor.detect.scan import LIKELY, Pattern, compiled, word_edges

# Whose plural is made with an s.
_PEOPLES = """
Afghan Albanian Algerian American Andorran Angolan Arab Argentine Argentinian Armenian Australian
Austrian Azerbaijani Bahamian Bahraini Bangladeshi Barbadian Basque Belarusian Belgian Belizean
Berber Bolivian Bosnian Brazilian Bulgarian Burundian Cambodian Cameroonian Canadian Catalan Chadian
Chechen Chilean Colombian Comorian Croat Croatian Cuban Cypriot Czech Dominican Ecuadorian Egyptian
Emirati Eritrean Estonian Ethiopian Fijian Filipino Filipina Gambian Georgian German Ghanaian Greek
Grenadian Guatemalan Guinean Guyanese Haitian Hispanic Honduran Hungarian Icelander Indian
Indonesian Iranian Iraqi Israeli Italian Ivorian Jamaican Jordanian Kazakh Kazakhstani Kenyan Korean
Kosovar Kurd Kuwaiti Kyrgyz Laotian Latino Latina Latvian Liberian Libyan Lithuanian Luxembourger
Macedonian Malagasy Malawian Malaysian Maldivian Malian Mauritanian Mauritian Mexican Moldovan
Mongolian Montenegrin Moroccan Mozambican Namibian Nepali Nicaraguan Nigerian Norwegian Omani
Pakistani Palestinian Panamanian Paraguayan Pashtun Peruvian Polynesian Romanian Russian Rwandan
Salvadoran Samoan Saudi Scandinavian Serb Serbian Sicilian Singaporean Slav Slovak Slovene Slovenian
Somali Syrian Tajik Tamil Tanzanian Tibetan Tongan Trinidadian Tunisian Turk Turkmen Ugandan
Ukrainian Uruguayan Uyghur Uzbek Venezuelan Yemeni Zambian Zimbabwean African Asian European Afro
Scot Dane Finn Swede Spaniard Pole Briton Aborigine Inuit Cherokee Navajo Roma Sioux Maori Zulu
"""
_ADJECTIVES = """
British Burmese Chinese Congolese Cornish Danish Dutch English Finnish Flemish French Gabonese Irish
Japanese Javanese Kurdish Lebanese Maltese Nepalese Nigerien Polish Portuguese Scottish Senegalese
Slavic Spanish Sudanese Swedish Swiss Sinhalese Taiwanese Thai Togolese Turkish Vietnamese Welsh
Arabic Icelandic Argentinean Hellenic Siamese
"""
_RELIGIONS = """
Christian Catholic Protestant Baptist Lutheran Calvinist Anglican Episcopalian Presbyterian
Methodist Pentecostal Evangelical Mormon Quaker Mennonite Adventist Unitarian Copt Muslim Moslem
Sunni Shiite Alawite Ismaili Ahmadi Druze Jew Hindu Sikh Jain Buddhist Taoist Confucian Zoroastrian
Parsi Yazidi Rastafarian Scientologist Atheist Pagan
"""
_RELIGIOUS = "Islamic Jewish Judaic Coptic Amish Shia Orthodox Hasidic Islamist Vaishnava"
_PARTIES = """
Democrat Republican Tory Socialist Communist Leninist Marxist Maoist Trotskyist Stalinist Nazi
Fascist Zionist Whig Bolshevik Sandinista Baathist Peronist Thatcherite
"""
_MEN = "Dutch English French Irish Scots Welsh Corn Chinese"


def _any_of(*lists: str) -> str:
    """The inside of an alternation of the words of some lists."""
    return "|".join(sorted({word for words in lists for word in words.split()}))


_FORMS = (
    rf"(?:{_any_of(_PEOPLES, _RELIGIONS, _PARTIES)})s?|{_any_of(_ADJECTIVES, _RELIGIOUS)}"
    rf"|(?:{_any_of(_MEN)})(?:man|men|woman|women)|Tories"
)

GROUPS: tuple[Pattern, ...] = (
    Pattern(
        "NRP",
        compiled(rf"\b(?:Non-|non-|Anti-|anti-)?(?:{_FORMS}|(?:{_FORMS.upper()}))\b"),
        LIKELY,
        edges=word_edges,
    ),
)
