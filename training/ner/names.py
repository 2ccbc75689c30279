"""Name lists written for this project, and a generator of names that nobody has seen.

The lists are common given names and surnames of many origins, from general knowledge. The
generator matters as much: a model that has seen only listed names learns the list, one that has
also seen thousands of made-up ones learns the places in which names stand.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from training.ner import world


def _words(block: str) -> tuple[str, ...]:
    return tuple(block.split())


GIVEN = _words(
    """James Mary John Patricia Robert Jennifer Michael Linda William Elizabeth David Barbara
    Richard Susan Joseph Jessica Thomas Sarah Charles Karen Christopher Nancy Daniel Lisa
    Matthew Betty Anthony Margaret Mark Sandra Donald Ashley Steven Kimberly Paul Emily Andrew
    Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Dorothy George Melissa Edward
    Deborah Ronald Stephanie Timothy Rebecca Jason Sharon Jeffrey Laura Ryan Cynthia Jacob
    Kathleen Gary Amy Nicholas Shirley Eric Angela Jonathan Helen Stephen Anna Larry Brenda
    Justin Pamela Scott Nicole Brandon Emma Benjamin Samantha Samuel Katherine Gregory
    Christine Frank Debra Alexander Rachel Raymond Catherine Patrick Carolyn Jack Janet Dennis
    Ruth Jerry Maria Tyler Heather Aaron Diane Jose Virginia Henry Julie Adam Joyce Douglas
    Victoria Nathan Olivia Peter Kelly Zachary Christina Kyle Lauren Walter Joan Harold Evelyn
    Jeremy Judith Ethan Megan Carl Cheryl Keith Andrea Roger Hannah Gerald Martha Christian
    Jacqueline Terry Frances Sean Gloria Arthur Ann Austin Teresa Noah Kathryn Lawrence Sara
    Jesse Janice Joe Jean Bryan Alice Billy Madison Jordan Doris Albert Abigail Dylan Julia
    Bruce Judy Willie Grace Gabriel Denise Alan Amber Juan Marilyn Logan Beverly Wayne
    Danielle Ralph Theresa Roy Sophia Eugene Marie Randy Diana Vincent Brittany Russell
    Natalie Louis Isabella Philip Charlotte Bobby Rose Johnny Alexis Bradley Kayla Claire
    Simon Martin Neil Ian Graham Nigel Colin Trevor Stuart Hugh Duncan Fiona Gillian Heidi
    Hazel Ivy Iris Lily Daisy Violet June April May Autumn Dawn Faith Hope Joy Chase Hunter
    Mason Carter Grant Drew Max Leo Oscar Felix Hugo Theo Eva Nora Ella Mia Zoe Chloe Lucy
    Molly Ruby Stella Tom Tim Jim Bob Bill Dan Dave Mike Steve Chris Matt Ben Sam Alex Nick
    Jeff Greg Ken Ron Don Ray Ted Fred Kate Liz Beth Meg Jen Deb Sue Pam Peggy Sally Becky
    Cathy Vicki Wendy Tammy Tina Tracy Stacy Dana Robin Leslie Lynn Gail Rita Roberta Lorraine
    Loretta Yvonne Yvette Monique Renee Simone Sylvie Celine Amelie Camille Elodie Margaux
    Pierre Jacques Luc Marc Antoine Olivier Philippe Thierry Guillaume Mathieu Laurent Etienne
    Franz Hans Klaus Jurgen Jürgen Wolfgang Dieter Heinz Uwe Stefan Ingrid Ursula Greta Heike
    Sabine Anke Katrin Lars Sven Erik Bjorn Björn Nils Gunnar Astrid Sigrid Freya Liv Anders
    Soren Søren Mikkel Kirsten Jukka Matti Pekka Aino Helmi Giovanni Marco Luca Matteo
    Giuseppe Francesco Alessandro Lorenzo Paolo Giulia Chiara Francesca Elena Lucia Carlo Enzo
    Carlos Luis Jorge Miguel Pedro Jesus Alejandro Fernando Francisco Ricardo Eduardo Roberto
    Javier Sergio Rafael Raul Ramon Hector Manuel Mario Ernesto Guadalupe Rosa Carmen Juana
    Ana Luz Marisol Esperanza Consuelo Dolores Pilar Ximena Valentina Camila Daniela Gabriela
    Mariana Adriana Alejandra Veronica Yolanda Joaquin Diego Santiago Mateo Emilio Andres Joao
    João Tiago Rui Paulo Thiago Beatriz Ines Luana Fernanda Larissa Wanda Jan Piotr Pawel
    Tomasz Krzysztof Andrzej Marek Agnieszka Katarzyna Malgorzata Magdalena Ewa Zofia Ivan
    Dmitri Dmitry Sergei Alexei Nikolai Vladimir Boris Igor Oleg Yuri Natalia Svetlana Olga
    Irina Tatiana Ekaterina Anastasia Ludmila Oksana Taras Bohdan Vasyl Mykola Pavel Jiri Jiří
    Vaclav Milan Zdenek Jana Zuzana Lenka Istvan László Laszlo Zoltan Ferenc Attila Katalin
    Ildiko Ion Mihai Bogdan Andrei Ioana Dragan Goran Zoran Milos Jelena Dragana Snezana
    Dimitrios Konstantinos Nikolaos Georgios Eleni Despina Vasiliki Yiannis Mehmet Ahmet
    Mustafa Emre Murat Ayse Ayşe Fatma Elif Zeynep Hakan Ali Mohammed Muhammad Mohamed Ahmed
    Hassan Hussein Omar Khalid Abdullah Yusuf Ibrahim Tariq Bilal Hamza Karim Faisal Samir
    Nasser Walid Fatima Aisha Khadija Maryam Layla Leila Nadia Amina Zainab Huda Rania Yasmin
    Salma Reza Hossein Mehdi Arash Farhad Shirin Parisa Nasrin Azadeh Raj Rajesh Ramesh Suresh
    Mahesh Vijay Ajay Sanjay Anil Sunil Arun Vikram Amit Sumit Rohit Rahul Ravi Kiran Deepak
    Manoj Ashok Vinod Prakash Arjun Krishna Venkat Srinivas Lakshmi Priya Pooja Neha Sunita
    Anita Kavita Rekha Meena Geeta Sita Anjali Divya Shreya Nisha Asha Usha Padma Harpreet
    Gurpreet Manpreet Jaswinder Balwinder Simran Imran Asif Shahid Nadeem Zubair Saima Farzana
    Rubina Nasreen Tahmina Kamal Jamal Chaminda Nuwan Dilani Wei Ming Xin Jing Li Yan Hui Fang
    Lei Jun Yong Hong Xiaoming Meiling Guang Zhen Qiang Jie Tao Bo Chun Siu Kwok Wing Kar
    Hiroshi Takashi Kenji Satoshi Yuki Haruka Sakura Akiko Yoko Keiko Naoko Kazuo Daisuke
    Minho Jihoon Minji Jiyeon Seojun Hyun Soo Young Eun Kyung Sung Nguyet Minh Tuan Hung Thanh
    Linh Huong Lan Mai Hoa Phuong Trang Duc Quang Somchai Niran Ploy Siriporn Budi Agus Dewi
    Siti Putri Wayan Ketut Nurul Aziz Rizal Jomar Jun-Jun Marites Liezl Rodrigo Bayani Kwame
    Kofi Kwesi Yaw Ama Abena Akosua Efua Chinedu Chukwuemeka Obinna Ikenna Emeka Ngozi Chioma
    Adaeze Ifeoma Nneka Oluwaseun Babatunde Olumide Adebayo Folake Funmilayo Temitope Yetunde
    Musa Sani Halima Hauwa Mamadou Ousmane Moussa Aminata Fatou Awa Abebe Tesfaye Dawit
    Yohannes Selam Hirut Meron Abdi Hodan Ayaan Farah Kamau Njoroge Wanjiku Achieng Otieno
    Juma Baraka Neema Thabo Sipho Thandiwe Nomsa Lerato Tendai Farai Tafadzwa Keanu Leilani
    Malia Kai Sione Mele Tane Aroha Moana Dakota Cheyenne Winona Armen Hovhannes Ani Siranush
    Giorgi Nino Tamar Levan Avi Moshe Shlomo Yitzhak Rivka Chaya Devorah Shira Noam Itai
    Siobhan Niamh Aoife Saoirse Ciaran Padraig Declan Eoin Brendan Maeve Angus Hamish Ewan
    Callum Rhys Gareth Cerys Angharad Owen Darnell Tyrone Deshawn Malik Terrence Lamar Latoya
    Keisha Tamika Shanice Ebony Imani Aaliyah Jada Destiny Trinity Brianna Kaitlyn Mackenzie
    Savannah Sierra Paige Brooke Cody Dustin Travis Shane Derek Trent Brett Chad Clint Dwight
    Earl Floyd Clyde Vernon Lloyd Milton Morris Norman Herbert Herman Chester Clarence Cecil
    Leroy Lester Otis Rufus Silas Ezra Elijah Isaiah Josiah Caleb Mildred Ethel Edna Thelma
    Bertha Gertrude Agnes Blanche Eleanor Florence Harriet Josephine Winifred Muriel Beatrice
    Opal Pearl Wilma Velma Geraldine"""
)

SURNAMES = _words(
    """Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez
    Gonzalez Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White
    Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres
    Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts
    Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales
    Murphy Cook Rogers Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos
    Kim Cox Ward Richardson Watson Brooks Chavez Wood James Bennett Gray Mendoza Ruiz Hughes
    Price Alvarez Castillo Sanders Patel Myers Long Ross Foster Jimenez Powell Jenkins Perry
    Russell Sullivan Bell Coleman Butler Henderson Barnes Fisher Vasquez Simmons Graham Murray
    Ford Castro Marshall Owens Harrison Fernandez McDonald Woods Washington Kennedy Wells
    Vargas Henry Chen Freeman Webb Tucker Guzman Burns Crawford Olson Simpson Porter Hunter
    Gordon Mendez Silva Shaw Snyder Mason Dixon Munoz Hunt Hicks Holmes Palmer Wagner Black
    Robertson Boyd Stone Salazar Fox Warren Mills Meyer Rice Schmidt Garza Daniels Ferguson
    Nichols Stephens Soto Weaver Ryan Gardner Payne Grant Dunn Kelley Spencer Hawkins Arnold
    Pierce Hansen Peters Santos Hart Bradley Knight Elliott Cunningham Duncan Armstrong Hudson
    Carroll Lane Riley Andrews Alvarado Ray Delgado Berry Perkins Hoffman Johnston Matthews
    Pena Richards Contreras Willis Carpenter Lawrence Sandoval Guerrero George Chapman Rios
    Estrada Ortega Watkins Greene Nunez Wheeler Valdez Harper Burke Larson Santiago Maldonado
    Morrison Franklin Carlson Austin Dominguez Carr Lawson Jacobs Obrien Lynch Singh Vega
    Bishop Montgomery Oliver Jensen Harvey Williamson Gilbert Dean Sims Espinoza Howell Wong
    Reid Hanson Le McCoy Garrett Burton Fuller Wang Weber Welch Rojas Lucas Marquez Fields
    Park Yang Little Banks Padilla Day Walsh Bowman Schultz Luna Fowler Mejia Ashworth
    Blackwood Hathaway Pemberton Thornton Whitfield Winslow Cartwright Fairbanks Holloway
    Kingsley Langford Merriweather Northcott Prescott Radcliffe Sinclair Stanhope Wakefield
    Wetherby Abernathy MacDonald MacLeod McKenzie McAllister McIntyre McGregor Buchanan
    Cameron Drummond Fraser Galbraith Lockhart Macpherson Sutherland O'Brien O'Connor O'Neill
    O'Sullivan O'Reilly O'Malley Gallagher Doherty Kavanagh Byrne Brennan Fitzgerald
    Fitzpatrick Maguire McCarthy Flanagan Moriarty Rafferty Llewellyn Pritchard Griffiths
    Vaughan Gwynne Penhaligon Müller Mueller Schneider Fischer Schäfer Koch Bauer Richter
    Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Werner
    Krause Lehmann Köhler Huber Gruber Steiner Moser Dubois Durand Lefebvre Moreau Laurent
    Girard Bonnet Dupont Fontaine Rousseau Mercier Blanchard Boucher Gagnon Tremblay Bouchard
    Pelletier Beaulieu Thibodeaux Boudreaux Hebert Landry Rossi Russo Ferrari Esposito Bianchi
    Romano Colombo Ricci Marino Greco Bruno Gallo Conti DeLuca Mancini Costa Giordano Rizzo
    Lombardi Moretti Barbieri D'Angelo Ferreira Oliveira Souza Pereira Almeida Carvalho
    Ribeiro Gonçalves Teixeira Barbosa Nascimento Figueiredo Azevedo Cardoso deVries Bakker
    Visser Smit Meijer Mulder Bos Vos Hendriks Dekker Brouwer Dijkstra Hoekstra Janssen
    Peeters Maes Claes Willems Mertens Johansson Andersson Karlsson Nilsson Eriksson Larsson
    Olsson Persson Svensson Gustafsson Lindqvist Bergström Lundgren Hagen Haugen Nygaard
    Solberg Iversen Sørensen Rasmussen Christensen Petersen Mortensen Korhonen Virtanen
    Mäkinen Nieminen Hämäläinen Laine Heikkinen Nowak Kowalski Kowalska Wisniewski Wójcik
    Kaminski Lewandowski Zielinski Szymanski Dabrowski Kozlowski Mazur Krawczyk Piotrowski
    Grabowski Pawlak Ivanov Petrov Smirnov Kuznetsov Popov Sokolov Lebedev Kozlov Novikov
    Morozov Volkov Fedorov Orlov Makarov Zaitsev Ivanova Petrova Volkova Shevchenko Kovalenko
    Bondarenko Tkachenko Kravchenko Oliynyk Melnyk Lysenko Novak Svoboda Dvorak Novotny Cerny
    Prochazka Horvath Horváth Kovács Kovacs Nagy Szabo Tóth Varga Kiss Molnár Popescu Ionescu
    Stan Dumitru Gheorghe Jovanovic Petrovic Nikolic Markovic Djordjevic Stojanovic Horvat
    Kovačević Babic Maric Dimitrov Georgiev Todorov Papadopoulos Papadakis Georgiou Nikolaidis
    Vlahos Pappas Yilmaz Kaya Demir Celik Çelik Sahin Yildiz Ozturk Öztürk Aydin Arslan
    Dogan Kurt Khan Malik Hussain Iqbal Qureshi Chaudhry Siddiqui Sheikh Mirza Butt Bhatti
    Ansari Hashmi Al-Sayed Haddad Khoury Nassar Mansour Saleh Hamdan Najjar Darwish Abbas
    Farouk El-Masry Aziz Hakim Sharif Bakr Shah Karimi Hosseini Mohammadi Ahmadi Rahimi Moradi
    Jafari Rezaei Tehrani Sharma Verma Gupta Kumar Mehta Joshi Desai Trivedi Pandey Mishra
    Tiwari Dubey Chauhan Rathore Yadav Agarwal Bansal Kapoor Khanna Malhotra Chopra Arora
    Bhatia Sethi Gill Sandhu Dhillon Grewal Sidhu Reddy Naidu Iyer Iyengar Nair Menon Pillai
    Krishnan Subramanian Venkatesan Raman Murthy Shetty Kulkarni Deshpande Patil Chatterjee
    Mukherjee Banerjee Bose Ghosh Sen Das Dutta Roy Chowdhury Akhtar Begum Islam Hossain Uddin
    Perera Fernando Jayawardena Gunasekara Wickramasinghe Zhang Liu Zhao Wu Zhou Xu Sun Ma Zhu
    Hu Guo He Lin Gao Luo Zheng Liang Xie Tang Han Cao Deng Feng Cheng Cai Pan Yuan Dong Ye
    Chan Cheung Lau Leung Ng Ho Yip Tsang Kwok Lam Tam Fung Chiu Hsu Hsieh Tsai Tanaka Suzuki
    Sato Takahashi Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada Sasaki
    Yamaguchi Matsumoto Inoue Kimura Hayashi Shimizu Mori Ikeda Hashimoto Ishikawa Fujita
    Okada Hasegawa Choi Jung Kang Cho Yoon Jang Lim Shin Seo Kwon Hwang Ahn Song Hong Tran
    Pham Huynh Hoang Phan Vu Vo Dang Bui Ngo Duong Ly Truong Dinh Srisai Chaiyasit Wongsakul
    Suwan Wijaya Santoso Kusuma Hartono Setiawan Pratama Hidayat Ismail Rahim Abdullah Dela
    Bautista Villanueva Mercado Aquino Pascual Manalo Dimaculangan Macaraeg Mensah Owusu
    Boateng Asante Osei Appiah Agyeman Amoah Adeyemi Adebayo Ogunleye Olawale Oyelaran Balogun
    Eze Nwosu Chukwu Okonkwo Obi Nnamdi Onyekachi Ibekwe Uche Achebe Bello Abubakar Danjuma
    Diallo Traore Keita Diop Ndiaye Sow Ba Cisse Coulibaly Konate Tekle Haile Gebremariam
    Alemu Bekele Tadesse Desta Warsame Hersi Kimani Mwangi Kariuki Odhiambo Ochieng Wafula
    Mutua Kiprop Nkosi Dlamini Ndlovu Zulu Khumalo Mokoena Molefe Sithole Moyo Chikwanha Banda
    Phiri Mulenga Botha Van Wyk Pretorius Kahananui Kealoha Tupou Fonoti Begay Yazzie Tsosie
    Sarkisian Hovsepian Petrosyan Grigoryan Kvaratskhelia Beridze Cohen Levy Friedman Goldberg
    Rosenberg Katz Shapiro Kaplan Weiss Goldstein Schwartz Feldman Rubin Abramowitz Horowitz
    Mizrahi Peretz Azoulay Baptiste Toussaint Desrosiers Etienne Charles Pierre Joseph Alexis
    Kaur Bhandari Thapa Gurung Tamang Shrestha Rai Lama Dorji Wangchuk Win Aung Htun Vang
    Xiong Moua Sok Chea Quispe Mamani Huaman Condori Poole Frost Snow Winters Rivers Bird
    Drake Swan Finch Wolfe Buck Lamb Pope Abbott Monk Priest Dukes Earle Noble Savage Wise
    Swift Hale Strong Armstead Cash Penny Sterling Rich Singer Piper Fiddler Archer Bowyer
    Fletcher Sawyer Tanner Chandler Thatcher Glover Hooper Sadler Slater Tyler Draper Farmer
    Shepherd Gardiner Forester Marsh Brook Ridge Heath Dale Glenn Forrest Bush Reedy Underhill
    Atwood Bywater Townsend Hampton Lancaster York Chester Lincoln Holland French May Winter
    Sommer Best Goodman Wiseman Love Hope Grace Joy Moody Stout Short Small Biggs Hardy Jolly
    Merry"""
)

_SYLLABLES = _words(
    """ba be bo bu ca ce co da de do du fa fe fi fo ga ge go gu ha he ho hu ja jo ka ke ki ko ku
    la le li lo lu ma me mi mo mu na ne ni no nu pa pe po ra re ri ro ru sa se si so su ta te
    ti to tu va ve vi vo wa we wi ya yo za ze zo bra bre cha che chi cho cla cro dra fre gra
    gri har hol jar kal kel kor kra lan lar len mal man mar mel mor nor oke ola olu ono par
    pel per pol qua ran rosen san sel shi sho sta stein ste stro sul tal tar tor tra tri tsu
    val van vel ver von wal war wen wil win yan zar"""
)
_ENDINGS = _words(
    """son sen ssen berg stein man mann ski sky ska czyk wicz vic vich ov ova ev eva in ina enko
    chuk yan ian dze shvili oglu li lu zadeh pour nia i ez es az o a ini etti elli ucci ino
    eau eux ault ier ard et lund gren qvist strom dal vik gaard haug nen la ton ham ford field
    wick worth well ley by thorpe shaw wood more ney nan gan lan den ker ter ner ler ert rich
    wala kar nath swamy murthy appa esh ani uddin ullah awa ola yemi ade ike ene oma eze kwu
    di mba ngo nga moto mura yama kawa shita saki hara da no"""
)
_PARTICLES = ("van ", "van der ", "de ", "de la ", "Del ", "von ", "bin ", "Al-", "El-", "Ben-",
              "Mc", "Mac", "O'", "St. ", "Da ", "Di ", "Le ", "La", "Abu ", "Fitz")  # fmt: skip


def made_up(rng: random.Random) -> str:
    """A pronounceable name that is most likely on no list."""
    stem = "".join(rng.choice(_SYLLABLES) for _ in range(rng.choice((1, 1, 2))))
    return (stem + rng.choice(_ENDINGS)).capitalize()


def given(rng: random.Random) -> str:
    """A given name; one in eight is made up, a few are double, a third are from anywhere."""
    roll = rng.random()
    if roll < 0.12:
        return made_up(rng)
    if roll < 0.15:
        return f"{rng.choice(GIVEN)}-{rng.choice(GIVEN)}"
    return world.given(rng) if roll < 0.45 else rng.choice(GIVEN)


def surname(rng: random.Random) -> str:
    """A surname; a quarter are made up, a third from anywhere, a few double or with particles."""
    roll = rng.random()
    if roll < 0.25:
        return made_up(rng)
    if roll < 0.55:
        return world.surname(rng)
    if roll < 0.59:
        return f"{rng.choice(SURNAMES)}-{rng.choice((*SURNAMES, made_up(rng)))}"
    if roll < 0.63:
        return rng.choice(_PARTICLES) + rng.choice((made_up(rng), rng.choice(SURNAMES)))
    return rng.choice(SURNAMES)


def _initial(rng: random.Random) -> str:
    letter = rng.choice("ABCDEFGHIJKLMNOPRSTVWYZ")
    return letter if rng.random() < 0.2 else letter + "."


def _suffix(rng: random.Random) -> str:
    return rng.choice((" Jr.", " Jr", ", Jr.", " Sr.", " III", " II", " IV"))


def _nicknamed(rng: random.Random) -> str:
    return f'{given(rng)} "{rng.choice(GIVEN)}" {surname(rng)}'


_BUILDS: tuple[tuple[int, Callable[[random.Random], str]], ...] = (
    (46, lambda rng: f"{given(rng)} {surname(rng)}"),
    (12, lambda rng: f"{given(rng)} {_initial(rng)} {surname(rng)}"),
    (7, lambda rng: f"{given(rng)} {given(rng)} {surname(rng)}"),
    (11, lambda rng: inverted_name(rng)),
    (9, lambda rng: f"{_initial(rng)} {surname(rng)}"),
    (4, lambda rng: f"{_initial(rng)} {_initial(rng)} {surname(rng)}"),
    (2, lambda rng: f"{_initial(rng)}{_initial(rng)} {surname(rng)}"),
    (2, lambda rng: f"{surname(rng)} {given(rng)}"),
    (2, lambda rng: f"{given(rng)} {surname(rng)} {surname(rng)}"),
    (2, _nicknamed),
    (3, lambda rng: f"{given(rng)} {surname(rng)}{_suffix(rng)}"),
)
_SHARES = tuple(share for share, _ in _BUILDS)


def full_name(rng: random.Random) -> str:
    """A person's whole name in one of the orders and cuts that documents use."""
    _, build = rng.choices(_BUILDS, weights=_SHARES)[0]
    name = build(rng)
    return name.upper() if rng.random() < 0.1 else name


def inverted_name(rng: random.Random) -> str:
    """Surname first, as registers and charts write it."""
    last = surname(rng)
    last = last.upper() if rng.random() < 0.3 else last
    first = given(rng)
    first = first.upper() if last.isupper() and rng.random() < 0.6 else first
    middle = rng.choice(("", "", " " + _initial(rng), " " + rng.choice(GIVEN)))
    comma = rng.choice((", ", ", ", ", ", ",", " , "))
    return f"{last}{comma}{first}{middle}"


def like(name: str, rng: random.Random) -> str:
    """A fresh name of about the same build as ``name``, for swapping in running text."""
    words = name.split()
    if len(words) == 1:
        fresh = rng.choice((given, surname, surname))(rng)
        if name.endswith(".") and len(name) <= 3:
            fresh = _initial(rng)
    elif words[0].endswith(",") and len(words) <= 3:
        fresh = inverted_name(rng)
    elif len(words[0].rstrip(".")) <= 2 and len(words) == 2:
        fresh = f"{_initial(rng)} {surname(rng)}"
    elif len(words) == 2:
        fresh = f"{given(rng)} {surname(rng)}"
    else:
        fresh = full_name(rng)
    if name.isupper() and len(name) > 3:
        return fresh.upper()
    return fresh.lower() if name.islower() else fresh
