/*
titel: Patiënten van 75 jaar en ouder
vraag: Welk deel van de ingeschreven patiënten is 75 jaar of ouder?
waarom: Ouderen vragen meer en andere zorg; de groep groeit elk jaar.
teller: Ingeschreven patiënten van 75 jaar of ouder.
noemer: Alle vast ingeschreven patiënten.
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
vakgroep: ouderenzorg
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: HIS-inschrijvingen en geboortejaar
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
        patients_75plus as numerator,
        patients as denominator
    from registered_age_sex_counts
)

select * from final

/*
voorbeeld: alleen het geboortejaar is bekend: 1947 telt heel 2022 mee, 1948 vanaf januari 2023
periode: 2022-12..2023-01

patients
patient_id | birth_year | category
1          | 1947       | vast
2          | 1948       | vast
3          | 1990       | vast
4          | 1930       | passant

verwacht
period_start | numerator | denominator
2022-12-01   | 1         | 3
2023-01-01   | 2         | 3
*/
