/*
titel: Ingeschreven patiënten
vraag: Hoeveel patiënten staan op de laatste dag van de maand vast ingeschreven?
waarom: Alle andere cijfers worden hiertegen afgezet.
teller: Vast ingeschreven patiënten.
noemer: Dezelfde patiënten.
uitsluitingen: Passanten.
maat: aandeel
soort: stand
klasse: populatie
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS
venster:
beter: geen
thema:
vakgroep:
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: HIS-inschrijvingen
referentie: Jaarverslag 2022, Een jaar in cijfers
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

final as (
    select
        practice_id,
        area_id,
        age_band,
        sex,
        period_start,
        patients as numerator,
        patients as denominator
    from registered_age_sex_counts
)

select * from final

/*
voorbeeld: uitschrijven op de laatste dag van de maand telt niet meer, een passant nooit
periode: 2022-12

patients
patient_id | birth_year | registered_from | registered_until | category
1          | 1950       | 2010-01-01      |                  | vast
2          | 1960       | 2022-12-31      |                  | vast
3          | 1970       | 2010-01-01      | 2022-12-31       | vast
4          | 1980       | 2010-01-01      | 2023-01-01       | vast
5          | 1990       | 2010-01-01      |                  | passant

verwacht
period_start | numerator | denominator
2022-12-01   | 3         | 3
*/
