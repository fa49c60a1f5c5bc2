"""Abbreviations behind which a sentence goes on, by language, each without its last full stop.

One in small letters is also meant where it begins a sentence. What can end a sentence as well ("etc.", "Inc.", "5 kg.")
is not here: the library decides on it. No entry is needed before a word in small letters, which begins no sentence.
"""

from __future__ import annotations

from audio_edition.script.tables import words

BEFORE_NAME = {
    "en": words(
        "Ms Mx Amb Ste Ft Atty Attn approx Est est Messrs Insp Hon Supt Msgr Cpl Capt Cdr Pte Pvt Dept Vol vol Ch ch"
        " Bk Sec Pt Fig Fr Br Sr Rt Revd Ald Cllr Const Det Pres Assoc Asst Univ v vs incl excl avg max min cf viz deg"
        " Stn opp ed eds trans repr"
    ),
    "fr": words(
        "M MM Mme Mmes Mlle Mlles Mgr Me Dr Pr Prof St Ste Sts Cie Cdt Col Gal Gén Cap Lt Sgt Mr Mrs av bd boul pl"
        " imp chem rte fg éd col gén cap cdt lt ets sté dir prof pr coll trad vol chap réf art cf dép dr mgr fém masc"
        " com esc"
    ),
    "de": words(
        "Hrn Frl Dipl Hl Abg Bd Fa Fam Inh St Sr Ing Mag Prof Dr Hr Fr Frhr Gf Kard Bf Präs Vors Red Gebr Gem Kr Med"
        " Jur Phil Rer Nat Hum ausgen mult habil h.c"
    ),
    "es": words(
        "Cnel D Dña Fr Mons Arz Pdte Pdta Sr Sra Srta Sres Sras Srtas Dr Dra Dres Excmo Excma Excmos Ilmo Ilma avda"
        " av col cía esq pza pl cap gral cnel cte tte sgto lic ing arq prof profa abog ed vol núm Ma Mª Fco Jto Gmo"
        " Univ univ fac depto dpto sto sta stos hno hna hnos rev mons pdte min dir coord trad cfr aprox s Ud Uds Vd"
        " Vds C ctra urb pbro"
    ),
    "it": words(
        "S Don sig Sig dott Dott prof Prof avv on ing geom arch rag dr cap col gen ten magg mar serg cav comm mons"
        " rev card proff sigg dott.ssa sig.ra sig.na dr.ssa prof.ssa p.zza p.za v.le c.so l.go soc ditta F.lli f.lli"
        " ed trad vol cfr ad.es p.es giov ant gius franc lett sen dep sottosegr min sec SS"
    ),
    "nl": words(
        "mevr ds burg Sint mw dhr drs dr ir mr ing prof bc jhr St Ste gem fa kon red vert wed kol kapt lt gen maj sgt"
        " zr br jr mej wnd secr dir min vz voorz"
    ),
    "pl": words(
        "dr mgr inż św al gen p tzw ul prof bł pl os ks płk ppłk mjr kpt por ppor sierż bp abp kard o s red dyr min"
        " prez mec hab lek o.o s.c im zob wg woj pow gm tłum oprac adw sędz dypl przeł np tzn tj in i.in śp hr"
    ),
    "pt": words(
        "Profa Av Cel Cap D St Sta Sr Sra Dr Dra Drs Srs Sras Exmo Exma Exmos Sto S Pe Fr Frei Eng arq gen cel cap"
        " maj ten sgt prof profa eng dr dra av r pça trav estr rod lgo al dep sen min pres dir univ fac depto cia vol"
        " ed trad séc cf Exa"
    ),
    "ru": words(
        "им ген св проф акад ул пр пл пер просп бул наб инж полк подполк кап лейт серж майор адм марш доц канд докт"
        " ред дир зам гл гр тов г гор с пос дер обл р-н о отв сост см ср напр т.н т.е т.к"
    ),
    "sv": words(
        "bl dr prof doc ing red ordf lic mag ev kapt löjtn övers gen hr fr st enl jfr fil med jur exkl inkl emer"
    ),
    "da": words(
        "dr hr fr frk prof ing red adv dir lic mag cand stud gen kapt maj obl lt pastor sct St Skt adj lekt jf iflg"
        " sml vedr"
    ),
    "no": words("dr hr fr frk prof ing red adv dir lic mag cand stud gen kapt maj lt St st jf iflg vedr"),
    "fi": words("tri prof dos ins toht maist kenr ev kapt Pyh pyh toim joht pj rva hra synt kuol ent nyk ks vrt"),
    "cs": words(
        "p pí prof doc dr ing mgr Bc MUDr JUDr PhDr RNDr PaedDr ThDr MVDr sv bl ul tř nám nábř gen plk pplk mjr kpt"
        " npor por ppor red řed min prez předs býv okr kraj zn arch akad odst písm čl tzv např tzn resp popř viz srov"
        " mj"
    ),
    "hu": words(
        "dr prof özv id ifj szt Szt gr br ill pl ún ld vö szerk ford ig st ti uo kb bp Bp hg hgné ezr őrgy szds alezr"
        " vezérőrgy műv"
    ),
    "tr": words(
        "dr prof av doç yrd uzm op öğr gör arş sn hz alb yzb bnb gen mareş müd bşk çev haz yay ör örn bkz krş cad"
        " bulv sok mah bul apt ltd vb vs İst Ank üniv şti M.Ö M.S"
    ),
    "ro": words(
        "dl dna dra d-l d-na dr prof ing av arh gen col lt cpt mr maior sf Sf str bd bl jud com loc univ fac ex min"
        " dir cf pr ș.a lit alin"
    ),
}
"""What a name or another noun with a capital follows."""

BEFORE_NUMBER = {
    "en": words(
        "No Nos Vol vol Vols vols Figs Fig fig figs Ch ch Par par para approx Rte Apt est p pp no nos max min avg pop"
        " tel Tel ext Ext eq eqs tab Tab sec secs art arts cl sch bk Cor Ps Pss Matt Mk Lk Jn Gen Ex Exod Lev Num Deut"
        " Josh Judg Sam Kgs Chr Chron Neh Prov Eccl Isa Jer Ezek Dan Hos Mic Hab Zech Mal Rom Gal Eph Phil Col Thess"
        " Tim Tit Heb Jas Pet Rev lbs lb oz ft yd b d c ca circa incl excl v ver ed Dept Rm flr Flr Flt Hwy Sq Sun Mon"
        " Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec temp alt vs cf Sat"
    ),
    "fr": words(
        "n no nos n° art arts p pp vol chap fig réf cat max min env al par tél t éd coll tab ex janv févr avr juil"
        " sept oct nov déc rés fol ch sect app appt bât esc ét av bd lun mar mer jeu ven sam dim cf lib liv v vs dép"
        " arr L R D"
    ),
    "de": words(
        "Nr Nrn S Bd Bde Art Abs Abschn ca max min mind Abb Tab Kap Anm Tel Str Hausnr Gl Zi Std Min Sek Vers Vol"
        " gest geb verst vgl s Ziff Pkt Bl Fol Sp Rn Rz Lit lit Aufl Jan Feb Febr Mrz Apr Jun Jul Aug Sep Sept Okt Nov"
        " Dez Mo Di Mi Do Fr Sa So Mio Mrd Tsd durchschn höchst Temp Fax Mobil PLZ"
    ),
    "es": words(
        "núm núms pág págs art arts n vol vols cap caps fig figs tab tel teléf tfno máx mín min aprox párr inc ed t s"
        " ene feb mar abr jun jul ago sep sept oct nov dic lun mié jue vie sáb dom ext int km temp vers v ap apdo no"
        " nos ref dpto depto ca"
    ),
    "it": words(
        "n nr nn pag pagg p pp art artt vol voll cap capp fig figg tab tel int est max min ca circa co lett sec par"
        " gen feb febr mar apr giu lug ago set sett ott nov dic lun mer gio ven sab dom ed rif cfr all mass temp s v"
        " vv sc sez tav"
    ),
    "nl": words(
        "nr nrs blz pag p pp art artt hfdst hst fig tab par tel toest max min gem ca circa ong resp jan feb mrt apr"
        " jun jul aug sep sept okt nov dec ma di wo do vr za zo geb overl afb bijl vers deel dl kg mln mld ref st alg"
        " incl excl"
    ),
    "pl": words(
        "nr nry s str art poz ust pkt par rys tab rozdz tel wew ok godz min sek max maks śr lok m t tom ur zm pn wt"
        " czw pt sob ndz niedz temp kl ks wyd zał lp tys mln mld ul al pl os kod zob por r w przyp dn sty lut mar kwi"
        " cze lip sie wrz paź lis gru"
    ),
    "pt": words(
        "n pág págs pp art arts vol vols cap caps fig figs tab tel telef máx mín min aprox par al ed t s jan fev mar"
        " abr jun jul ago set out nov dez seg ter qua qui sex sáb dom ref ap apt séc inc temp fac dep univ"
    ),
    "sv": words(
        "kl nr s ca kap fig tab bil tel tfn ankn max min ung uppsk jan feb mar apr jun jul aug sep sept okt nov dec"
        " mån tis ons tors tor fre lör sön f d resp avd vån enl prop st sid mom jfr milj mdr"
    ),
    "da": words(
        "kl nr s ca kap fig tab stk tlf tel lok maks max min gnsn jan feb febr mar apr jun jul aug sep sept okt nov"
        " dec man tirs ons tors fre lør søn f d resp afd sal iflg opl vol bd pkt art pr vedr str bil"
    ),
    "no": words(
        "kl nr s ca kap fig tab vedl tlf tel maks max min gj.sn gjsn jan feb febr mar apr jun jul aug sep sept okt"
        " nov des man tirs ons tors fre lør søn f d resp avd etg iflg bd pkt art pr vedr str pst"
    ),
    "fi": words(
        "n nro s v ks puh tel klo kl os krs as kuva taul luku enint väh ma ti ke to pe la su tammi helmi maalis huhti"
        " touko kesä heinä elo syys loka marras joulu alk par vrt mm kk vk p art synt kuol k mom"
    ),
    "cs": words(
        "č čís str s tel kl obr tab kap odst čl písm cca ca max min prům r roč nar zemř v st po út stř čt pá so ne"
        " hod ad viz sv díl pozn tis mil mld ul nám př resp popř"
    ),
    "hu": words(
        "kb tel mell max min átl u krt jan febr márc ápr jún júl aug szept okt nov dec szül megh old o ábra fej bek"
        " sz szám uo em ajtó ld vö h kat Kr.u Kr.e Kr u.e"
    ),
    "tr": words(
        "no nu s bkz böl şek çiz tel dah maks min ort yakl doğ öl mad fık apt kat dai saat cad bulv sok sf tab c bend"
        " M.Ö M.S oca şub mar nis haz tem ağu eyl eki kas ara üniv fak"
    ),
    "ro": words(
        "nr nrl pag pp art alin lit fig tab cap tel int max min aprox cca ca bl sc ap et str bd vol ed ian feb mar"
        " apr iun iul aug sep sept oct noi nov dec n m temp fac cod par"
    ),
    "ru": words(
        "с стр п пп ст рис табл гл ч тел доб ок макс мин ср род ум кв д корп эт оф т тт вып изд пар см г разд прим"
        " янв февр апр авг сент сен окт ноя нояб дек пн вт чт пт сб вс ул пр пл № обл темп"
    ),
}
"""What a figure follows."""

BEFORE_ANYTHING = {
    "en": words("Mon Tue Tues Wed Thu Thur Thurs Fri e.g i.e viz"),
    "fr": words("J.-C apr av c.-à-d p.ex lun mar mer jeu ven env cf réf"),
    "de": words(
        "inkl exkl zzgl abzgl einschl ca geb verh gesch max mind bzw resp vgl lt gem sog ggf evtl insb insbes bspw"
        " z.B d.h u.a o.g u.g m.a.W i.d.R z.T z.Zt u.U v.a i.A i.V s.o versch stellv verst ehem Mio Mrd Tsd ev evang"
        " kath staatl städt Abb Tab Kap Anm Anf Nr Tel Fa Fam St Std Min hrsg Hrsg Aufl vorl vors betr Betr bes dt"
        " engl frz lat griech amtl urspr allg priv öff wiss techn geschl ungef ausgen"
    ),
    "es": words("p.ej ej vgr cfr aprox vs vers"),
    "it": words("ad.es es cfr vs op vers"),
    "nl": words(
        "d.w.z dwz o.a oa m.n mn d.m.v dmv i.v.m ivm t.o.v tov o.m bijv bv incl excl resp ong nl t.a.v n.a.v o.l.v"
        " i.p.v a.w mln mld gem zgn evt m.b.t m.i.v t.b.v i.h.k.v"
    ),
    "pl": words("tzw np tzn tj m.in tys mln mld ok zob por wg im św śp ww ul al"),
    "pt": words("p.ex ex cf aprox vs"),
    "sv": words(
        "t.ex d.v.s dvs bl.a s.k sk m.fl p.g.a pga m.h.a t.o.m fr.o.m f.d inkl exkl resp jfr enl ca milj mdr mkr ung"
    ),
    "da": words(
        "f.eks fx d.v.s dvs bl.a m.fl s.k såk pga p.g.a vha v.h.a t.o.m inkl ekskl resp jf iflg ca mio mia vedr sml"
        " maks hhv ifm mht"
    ),
    "no": words(
        "f.eks d.v.s dvs bl.a m.fl s.k såk pga p.g.a vha v.h.a t.o.m inkl ekskl resp jf iflg ca mill mrd vedr hhv ifm"
        " mht maks"
    ),
    "fi": words("os puh esim ns ts mm em ks vrt n ent nyk enint väh alk sis milj mrd ml"),
    "cs": words("tzv např tzn tj resp popř příp vč mj max min cca ca býv tis mil mld n mn srov"),
    "hu": words("pl ún ill kb ld vö tkp max min Kr"),
    "tr": words("ör örn bkz krş yakl vb maks min hz sn"),
    "ro": words("ex cca aprox max min mil mld cf"),
    "ru": words("т.е т.к т.н напр см ср тыс млн млрд ок макс мин"),
}
"""What seldom ends a sentence, whatever follows."""

CLOSING = {
    "en": words("etc"),
    "fr": words("etc"),
    "de": words("etc usw usf"),
    "es": words("etc"),
    "it": words("ecc etc"),
    "nl": words("enz etc"),
    "pl": words("itd itp etc"),
    "pt": words("etc"),
    "sv": words("osv etc m.m"),
    "da": words("osv etc m.m m.v"),
    "no": words("osv etc m.m m.v"),
    "fi": words("jne yms"),
    "cs": words("atd apod atp"),
    "hu": words("stb"),
    "tr": words("vb vs"),
    "ro": words("etc"),
    "ru": words("т.д т.п др пр"),
}
"""What closes a list: a word with a capital behind it begins a sentence."""
