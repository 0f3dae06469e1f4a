/*
titel: Lidpraktijken
vraag: Hoeveel praktijken zijn op de laatste dag van de maand lid?
waarom: Alle cijfers over praktijken worden hiertegen afgezet.
teller: Praktijken die op de laatste dag van de maand lid zijn.
noemer: Dezelfde praktijken.
uitsluitingen: Praktijken die nog niet zijn toegetreden of al zijn vertrokken; de vertrekdatum is de eerste dag dat een praktijk geen lid meer is.
maat: aandeel
soort: praktijk
klasse: praktijk
gebied: praktijk
bronnen: bureau
venster:
beter: geen
thema:
vakgroep:
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: Bureauregister, praktijken
referentie: Jaarverslag 2022: 40 praktijken
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
        stg_memberships.practice_id,
        stg_practices.area_id,
        stg_memberships.period_start,
        1 as numerator,
        1 as denominator
    from stg_memberships
    inner join stg_practices
        on stg_memberships.practice_id = stg_practices.practice_id
)

select * from final

/*
voorbeeld: toetreden op de laatste dag telt, vertrekken op de laatste dag telt niet meer
periode: 2022-12

practices
practice_id | area_id    | joined_on  | left_on
01000001    | nissewaard | 2010-01-01 |
01000002    | nissewaard | 2022-12-31 |
01000003    | nissewaard | 2010-01-01 | 2022-12-31
01000004    | nissewaard | 2010-01-01 | 2023-01-01
01000005    | nissewaard | 2023-01-01 |
01000006    | nissewaard |            |

verwacht
practice_id | numerator | denominator
01000001    | 1         | 1
01000002    | 1         | 1
01000004    | 1         | 1
01000006    | 1         | 1
*/
